'use strict';
// The charts of runs that ended: each takes its element and gives its options, or null if nothing of it
// was written.
const runs = (() => {
  const {MINUTE, HOUR, clock, plural, duration, color, ticks, tooltip, row, tip, shades, heat, bucketAxis} = page;
  const {
    PERIOD, facts, from, to, seriesOf, sum, nameOf, binned, span, dayAxis, valueAxis, legend, outageBand,
  } = written;
  const SLOT = HOUR / 2;
  const STATES = ['completed', 'failed', 'crashed', 'cancelled'];
  const finished = seriesOf('flow_run/finished_count');

  function outcomeBars(series, width, look) {
    return STATES.map(state => ({
      type: 'bar', name: state, stack: 'runs', barCategoryGap: look.gap, ...look.bar,
      itemStyle: {color: color(state)}, emphasis: {disabled: true},
      data: binned(series.filter(one => one.labels.state === state).flatMap(one => one.points),
        from, to, width),
    }));
  }

  function binTip(width) {
    return items => {
      const middle = items[0].value[0];
      const shown = items.filter(item => item.value[1] > 0);
      return tip(`${clock(middle - width / 2)} – ${clock(middle + width / 2)}`, shown)
        || 'none';
    };
  }

  function outcomes(element) {
    if (!finished.some(one => one.points.length)) return null;
    return {
      legend: legend({data: STATES}),
      tooltip: tooltip({formatter: binTip(HOUR / 2), axisPointer: {type: 'shadow'}}),
      grid: {left: 34, right: 18, top: 56, bottom: 26},
      xAxis: dayAxis(element), yAxis: valueAxis('runs'),
      series: outcomeBars(finished, HOUR / 2, {gap: '22%'}),
    };
  }

  function deploymentCharts() {
    const groups = new Map();
    for (const one of finished) {
      const name = nameOf(one.labels);
      groups.set(name, [...(groups.get(name) ?? []), one]);
    }
    const count = (series, ...states) => sum(series
      .filter(one => states.includes(one.labels.state))
      .flatMap(one => one.points.map(point => point[2])));
    return [...groups]
      .map(([name, series]) => ({
        name, series, total: count(series, ...STATES), bad: count(series, 'failed', 'crashed'),
      }))
      .filter(group => group.total > 0)
      .sort((a, b) => b.bad - a.bad || b.total - a.total || a.name.localeCompare(b.name));
  }

  const deploymentChart = group => element => ({
    tooltip: tooltip({formatter: binTip(HOUR), axisPointer: {type: 'shadow'}}),
    grid: {left: 15, right: 17, top: 4, bottom: 20},
    xAxis: dayAxis(element, ticks(6)),
    yAxis: valueAxis('', {axisLabel: {show: false}, splitLine: {show: false}}),
    series: outcomeBars(group.series, HOUR, {gap: '18%'}),
  });

  const windows = seriesOf('exporter/window_count').flatMap(one => one.points);
  const isLate = ([end, applied]) => facts.outage !== undefined
    && end >= facts.outage[0] && end < facts.outage[1] && applied >= facts.outage[1];

  function hole(element) {
    if (!facts.outage) return null;
    const [min, max] = [facts.outage[0] - HOUR, facts.outage[1] + HOUR];
    const width = PERIOD;
    const here = windows.filter(point => point[0] > min && point[0] <= max);
    const written = here.map(point => point[1]);
    const ends = finished.flatMap(one => one.points);
    const left = element.clientWidth < 560 ? 44 : 48;
    const names = ['written on time', 'written later, by the catch-up'];
    const colors = [color('completed'), color('caught')];
    const dots = (name, i, points) => ({
      type: 'scatter', name, symbolSize: 7, itemStyle: {color: colors[i]},
      data: points.map(point => [point[0], point[1]]),
    });
    const bars = (name, i, points) => ({
      type: 'bar', name, stack: 'runs', xAxisIndex: 1, yAxisIndex: 1, barCategoryGap: '22%',
      itemStyle: {color: colors[i]}, emphasis: {disabled: true},
      data: binned(points, min, max, width),
    });
    const series = [
      dots(names[0], 0, here.filter(point => !isLate(point))),
      dots(names[1], 1, here.filter(isLate)),
      bars(names[0], 0, ends.filter(point => !isLate(point))),
      bars(names[1], 1, ends.filter(isLate)),
    ];
    const label = {color: color('soft'), fontSize: 12};
    series[0].markArea = {
      silent: true, itemStyle: {color: color('outage')},
      label: {...label, position: 'inside'},
      data: [[{name: `no execution for ${span(facts.outage[1] - facts.outage[0])}`,
        yAxis: facts.outage[0]}, {yAxis: facts.outage[1]}]],
    };
    series[2].markArea = outageBand();
    return {
      legend: legend({data: names}),
      tooltip: tooltip({
        trigger: 'item',
        formatter: item => item.seriesType === 'scatter'
          ? `window ending ${clock(item.value[0])}<br>written at <b>${clock(item.value[1])}</b>`
          : tip(`${clock(item.value[0] - width / 2)} – ${clock(item.value[0] + width / 2)}`, [item]),
      }),
      grid: [
        {left, right: 18, top: 52, height: 235},
        {left, right: 18, top: 350, bottom: 26},
      ],
      xAxis: [
        dayAxis(element, {
          // ECharts widens the axis of bars by half a bar at each end; the dots follow.
          min: min - .39 * width, max: max + .39 * width, gridIndex: 0,
          splitLine: {show: true, lineStyle: {color: color('grid')}},
        }),
        dayAxis(element, {min, max, gridIndex: 1}),
      ],
      yAxis: [
        {
          ...dayAxis(element), gridIndex: 0, name: 'written at',
          min: Math.min(min, ...written), max: Math.max(max, ...written) + 4 * MINUTE,
          ...ticks(1),
          nameTextStyle: {color: color('faint'), fontSize: 12, align: 'left', padding: [0, 0, 2, -left + 4]},
          axisLine: {show: false}, axisTick: {show: false}, nameGap: 10,
          splitLine: {show: true, lineStyle: {color: color('grid')}},
        },
        valueAxis(`runs that ended in each ${span(width)}`, {
          gridIndex: 1, splitNumber: 3,
          nameTextStyle: {color: color('faint'), fontSize: 12, align: 'left', padding: [0, 0, 2, -left + 4]},
        }),
      ],
      series,
    };
  }

  /** Half hours in which runs of a duration ended: [end, bucket, count]. */
  function durations() {
    const cells = new Map();
    for (const [end, , buckets] of seriesOf('flow_run/execution_times').flatMap(one => one.points)) {
      const slot = from + Math.ceil((end - from) / SLOT) * SLOT;
      if (slot <= from || slot > to) continue;
      for (const [bucket, count] of Object.entries(buckets)) {
        const key = `${slot},${bucket}`;
        cells.set(key, (cells.get(key) ?? 0) + count);
      }
    }
    return [...cells].map(([key, count]) => [...key.split(',').map(Number), count]);
  }

  const spread = durations();
  const lowest = Math.min(...spread.map(([, bucket]) => bucket));
  const rows = Math.max(...spread.map(([, bucket]) => bucket)) - lowest + 1;
  const heatShades = shades(Math.max(1, ...spread.map(([, , count]) => count)));

  function heatMap(element) {
    if (!spread.length) return null;
    element.style.height = `${Math.min(430, 60 + 36 * rows)}px`;
    const {scale, growth} = seriesOf('flow_run/execution_times').find(one => one.buckets).buckets;
    const bound = row => row + lowest <= 0 ? 0 : scale * growth ** (row + lowest - 1);
    return {
      tooltip: tooltip({
        trigger: 'item',
        formatter: ({value: [end, bucket, count]}) => tip(`${clock(end - SLOT)} – ${clock(end)}`, [])
          + row('', `${duration(bound(bucket))} to ${duration(bound(bucket + 1))}`, plural(count, 'run')),
      }),
      grid: {left: 58, right: 18, top: 30, bottom: 26},
      xAxis: dayAxis(element),
      yAxis: {
        ...bucketAxis(Array.from({length: rows}, (_, i) => duration(bound(i)))), name: 'at least',
        nameTextStyle: {color: color('faint'), fontSize: 12, align: 'left', padding: [0, 0, 0, -54]}, nameGap: 10,
        splitLine: {show: true, lineStyle: {color: color('grid')}},
      },
      series: [heat(spread.map(([end, bucket, count]) => [end, bucket - lowest, count]), SLOT, heatShades)],
    };
  }

  return {finished, windows, isLate, outcomes, deploymentCharts, deploymentChart, hole, heatMap, heatShades};
})();
