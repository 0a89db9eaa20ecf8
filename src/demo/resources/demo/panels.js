'use strict';
// The charts of a dashboard's panels, as options for ECharts. All is evaluated already; here it is
// only drawn. A panel has plot, unit, period, stacked, limits and lines: {name, tone, points}; a
// point is [time, value], and null where a stacked line has no value and others have.
const panels = (() => {
  const {data, number, clock, duration, color, timeAxis, tooltip, row, tip, shades, heat, bucketAxis} = page;
  const time = [data.from, data.to];
  const GAP = 1.5;

  const short = n => Math.abs(n) >= 10 || Number.isInteger(n)
    ? number(Math.round(n)) : String(Math.round(n * 100) / 100);

  function bytes(n) {
    const [size, unit] = [[2 ** 20, 'MiB'], [2 ** 10, 'KiB'], [1, 'B']].find(([size]) => Math.abs(n) >= size) ?? [1, 'B'];
    return `${short(n / size)}\u00a0${unit}`;
  }

  const UNITS = {
    '1': short,
    's': n => n === 0 ? '0' : duration(n),
    'By': bytes,
    '10^2.%': n => `${short(Math.round(n * 1000) / 10)}\u00a0%`,
  };
  const worded = (panel, value) => UNITS[panel.unit](value);

  // ---- scales -----------------------------------------------------------------------------

  const decades = (...digits) => [-2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap(power => digits.map(digit => digit * 10 ** power));
  const STEPS = {
    '1': decades(1, 2, 5),
    's': [.01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 21600, 43200, 86400,
      172800, 604800],
    'By': Array.from({length: 40}, (_, power) => 2 ** power),
    '10^2.%': [.002, .005, .01, .02, .05, .1, .2],
  };

  /** From 0 to the first full step above all values; whole numbers get no fractions. */
  function scale(panel, most) {
    const whole = panel.unit === '1' && panel.lines.every(line => line.points.every(([, value]) => Number.isInteger(value ?? 0)));
    const steps = STEPS[panel.unit].filter(step => !whole || step >= 1);
    const interval = steps.find(step => most / step <= 5) ?? steps.at(-1) * Math.ceil(most / steps.at(-1) / 5);
    return {interval, max: Math.ceil(most / interval - 1e-9) * interval || interval};
  }

  /** The highest that a chart has to show, lines above one another if they are stacked. */
  function highest(panel) {
    if (!panel.stacked) return Math.max(0, ...panel.lines.flatMap(line => line.points.map(([, value]) => value)));
    return Math.max(0, ...panel.lines[0].points.map((_, i) =>
      panel.lines.reduce((sum, line) => sum + (line.points[i][1] ?? 0), 0)));
  }

  /** A limit that is far above all values would press them flat; it is told instead. */
  const isNear = (panel, limit) => limit.value <= 2 * highest(panel);
  const farLimits = panel => panel.limits.filter(limit => !isNear(panel, limit));

  const valueAxis = (panel, most) => ({
    type: 'value', position: 'right', min: 0, ...scale(panel, most),
    axisLabel: {color: color('faint'), fontSize: 11.5, formatter: value => worded(panel, value)},
    axisLine: {show: false}, axisTick: {show: false},
    splitLine: {lineStyle: {color: color('grid')}},
  });

  const GRID = {left: 20, right: 58, top: 12, bottom: 26};

  // ---- lines, areas and bars --------------------------------------------------------------

  /** Breaks where points are missing; the zeros that a stack needs are put in only here. */
  function drawn(panel, line) {
    const values = line.points.map(([at, value]) => [at, panel.stacked ? value ?? 0 : value]);
    // A period is named by its end; its bar stands in its middle.
    if (panel.plot === 'STACKED_BAR') return values.map(([at, value]) => [at - panel.period / 2, value]);
    return values.flatMap((point, i) => i > 0 && point[0] - values[i - 1][0] > GAP * panel.period
      ? [[values[i - 1][0] + 1, null], point] : [point]);
  }

  /** A point with no neighbours has no line to be on. */
  function alone(points, i) {
    const there = point => point !== undefined && point[1] !== null;
    return there(points[i]) && !there(points[i - 1]) && !there(points[i + 1]);
  }

  function series(panel, line, element) {
    const tint = color(line.tone);
    const points = drawn(panel, line);
    const bars = panel.plot === 'STACKED_BAR';
    return {
      type: bars ? 'bar' : 'line', name: line.name, color: tint, data: points,
      stack: panel.stacked ? 'all' : undefined, barWidth: bars ? barWidth(panel, element) : undefined, emphasis: {disabled: true},
      showSymbol: points.some((_, i) => alone(points, i)), symbol: 'circle', showAllSymbol: true,
      symbolSize: (_, {dataIndex}) => alone(points, dataIndex) ? 5 : 0,
      lineStyle: {width: panel.stacked ? 0 : line.tone === 'nobody' ? 1.2 : 1.8},
      areaStyle: panel.plot === 'STACKED_AREA' ? {color: tint, opacity: .85} : undefined,
    };
  }

  const barWidth = ({period}, {clientWidth}) =>
    Math.max(2, .8 * (clientWidth - GRID.left - GRID.right) * period / (data.to - data.from));

  const limitLines = limits => ({
    type: 'line', data: [], silent: true,
    markLine: {
      symbol: 'none', animation: false, lineStyle: {color: color('alarm'), type: 'dashed', width: 1.4},
      label: {formatter: '{b}', position: 'insideStartTop', color: color('alarm'), fontSize: 11.5},
      data: limits.map(limit => ({yAxis: limit.value, name: limit.label})),
    },
  });

  const span = (panel, end) => `${clock(end - panel.period)} – ${clock(end)}`;

  function chart(panel, element) {
    const near = panel.limits.filter(limit => isNear(panel, limit));
    const shift = panel.plot === 'STACKED_BAR' ? panel.period / 2 : 0;
    const value = (line, at) => line.points.find(([end]) => end === at)?.[1] ?? null;
    return {
      grid: GRID,
      tooltip: tooltip({
        formatter: items => {
          const at = items[0].value[0] + shift;
          const told = items.map(item => ({...item, value: [at, value(panel.lines[item.seriesIndex], at)]}))
            .filter(item => panel.stacked ? item.value[1] : item.value[1] !== null);
          return told.length ? tip(span(panel, at), told, item => worded(panel, item.value[1])) : '';
        },
      }),
      xAxis: timeAxis(element, time),
      yAxis: valueAxis(panel, Math.max(highest(panel), ...near.map(limit => 1.05 * limit.value))),
      series: [...panel.lines.map(line => series(panel, line, element)), limitLines(near)],
    };
  }

  // ---- heat maps --------------------------------------------------------------------------

  const cells = panel => panel.lines[0].points.flatMap(([end, counts]) =>
    counts.map((count, i) => [end, i, Math.round(count)]).filter(([, , count]) => count > 0));
  const heatShades = panel => shades(Math.max(1, ...cells(panel).map(([, , count]) => count)));

  const heatMap = (panel, element) => ({
    grid: GRID,
    tooltip: tooltip({
      trigger: 'item',
      formatter: ({value: [end, bucket, count]}) => tip(span(panel, end), [])
        + row('', `${worded(panel, panel.bounds[bucket])} to ${worded(panel, panel.bounds[bucket + 1])}`, number(count)),
    }),
    xAxis: timeAxis(element, time),
    yAxis: {...bucketAxis(panel.bounds.slice(0, -1).map(bound => worded(panel, bound))), position: 'right'},
    series: [heat(cells(panel), panel.period, heatShades(panel))],
  });

  const spark = (panel, element) => ({
    grid: {left: 0, right: 2, top: 6, bottom: 6},
    xAxis: {...timeAxis(element, time), show: false},
    yAxis: {type: 'value', show: false, min: 0},
    series: [{
      type: 'line', data: drawn(panel, panel.lines[0]), showSymbol: false, silent: true, color: color('accent'),
      lineStyle: {width: 1.6}, areaStyle: {opacity: .1},
    }],
  });

  return {worded, farLimits, chart, heatMap, heatShades, spark};
})();
