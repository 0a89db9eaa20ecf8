'use strict';
// The series that the job wrote, for the charts of the day: {facts, metrics, series: [{metric, labels,
// points, buckets?}]}. A point is [end, appliedAt, value]; a counter's value is its increment, a
// distribution's increment is {bucket: count}, and null stands where other series have a value.
const written = (() => {
  const {MINUTE, data, color, timeAxis} = page;
  const PERIOD = 5 * MINUTE;
  const {facts} = data;
  const day = facts.day;
  const [from, to] = day;

  const seriesOf = metric => data.series.filter(one => one.metric === metric);
  const sum = numbers => numbers.reduce((a, b) => a + b, 0);
  const nameOf = ({flow_name: flow, deployment_name: deployment}) =>
    deployment ? `${flow} / ${deployment}` : 'no deployment';

  /** Adds points up in bins of equal width; each bin is placed at its middle. */
  function binned(points, start, end, width, count = point => point[2]) {
    const bins = Array(Math.max(1, Math.ceil((end - start) / width))).fill(0);
    for (const point of points) {
      // A window's end belongs to the window before it.
      const bin = Math.ceil((point[0] - start) / width) - 1;
      if (bin >= 0 && bin < bins.length) bins[bin] += count(point);
    }
    return bins.map((value, i) => [start + (i + .5) * width, value]);
  }

  /** Whether these levels were measured a single time: a number, not a line. */
  const once = series => series.length > 0 && series.every(one => one.points.length === 1);

  /** A gauge's line, broken where no points were written for a while. */
  function line(points, value = point => point[2]) {
    const out = [];
    points.forEach((point, i) => {
      if (i > 0 && point[0] - points[i - 1][0] > 3 * PERIOD) {
        out.push([points[i - 1][0] + 1, null]);
      }
      out.push([point[0], value(point)]);
    });
    return out;
  }

  function span(ms) {
    const minutes = Math.round(ms / MINUTE);
    const hours = Math.floor(minutes / 60);
    return [hours ? `${hours} h` : '', minutes % 60 ? `${minutes % 60} min` : ''].join(' ').trim();
  }

  const dayAxis = (element, more) => timeAxis(element, day, more);

  function valueAxis(name, more = {}) {
    return {
      type: 'value', name, min: 0, minInterval: 1, splitNumber: 4,
      nameTextStyle: {color: color('faint'), fontSize: 12, align: 'left', padding: [0, 0, 2, -30]},
      nameGap: 10,
      axisLabel: {color: color('faint'), fontSize: 12},
      axisLine: {show: false}, axisTick: {show: false},
      splitLine: {lineStyle: {color: color('grid')}},
      ...more,
    };
  }

  const legend = (more = {}) => ({
    top: 0, left: 0, icon: 'roundRect', itemWidth: 11, itemHeight: 11, itemGap: 16,
    textStyle: {color: color('soft'), fontSize: 13}, inactiveColor: color('quiet'), ...more,
  });

  /** The job's outage, behind a chart of levels: what nobody measured then cannot be filled. */
  function outageBand(label) {
    if (!facts.outage) return undefined;
    return {
      silent: true, itemStyle: {color: color('outage')},
      label: {show: Boolean(label), color: color('soft'), fontSize: 12, position: 'insideTop'},
      data: [[{name: label ?? '', xAxis: facts.outage[0]}, {xAxis: facts.outage[1]}]],
    };
  }

  return {
    PERIOD, facts, from, to, seriesOf, sum, nameOf, binned, once, line, span, dayAxis, valueAxis, legend,
    outageBand,
  };
})();
