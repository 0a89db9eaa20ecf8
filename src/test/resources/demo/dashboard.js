'use strict';
// Draws a dashboard from the data in the page: {title, from, to, filters, tiles}. A tile has its
// place, its kind and, if it shows data, lines: {name, labels, points: [[time, value]]}. Times are
// milliseconds and shown in UTC. Everything is evaluated already; here it is only drawn.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const PALETTE = ['#1a73e8', '#e8710a', '#12a4af', '#9334e6', '#e52592', '#7cb342', '#f9ab00',
    '#5f6368', '#00897b', '#d93025'];
  const STATES = {completed: '#1a73e8', failed: '#d93025', crashed: '#f9ab00', cancelled: '#9aa0a6',
    running: '#1a73e8', pending: '#12a4af', due: '#9334e6', late: '#d93025', paused: '#9aa0a6'};
  const GRID = '#e8eaed';
  const FAINT = '#5f6368';
  const PLOTS = {LINE: 'line', STACKED_AREA: 'line', STACKED_BAR: 'bar', HEATMAP: 'heatmap'};

  // ---- words ------------------------------------------------------------------------------

  const short = n => Math.abs(n) >= 10 || Number.isInteger(n)
    ? Math.round(n).toLocaleString('en-US') : String(Math.round(n * 100) / 100);
  const scaled = (n, steps) => {
    const [size, unit] = steps.findLast(([size]) => Math.abs(n) >= size) ?? steps[0];
    return `${short(Math.round(n / size * 10) / 10)}\u00a0${unit}`;
  };
  const UNITS = {
    '1': short,
    's': n => n === 0 ? '0' : scaled(n, [[1, 's'], [60, 'min'], [3600, 'h'], [86400, 'd']]),
    'By': n => scaled(n, [[1, 'B'], [2 ** 10, 'KiB'], [2 ** 20, 'MiB']]),
    '10^2.%': n => `${short(Math.round(n * 1000) / 10)}\u00a0%`,
  };
  const two = n => String(n).padStart(2, '0');
  const clock = ms => `${two(new Date(ms).getUTCHours())}:${two(new Date(ms).getUTCMinutes())}`;

  // ---- elements ---------------------------------------------------------------------------

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /** As much of Markdown as the dashboards' texts have; the text itself is never taken as HTML. */
  function markdown(text) {
    const box = element('div', 'text');
    const inline = (parent, line) => {
      for (const part of line.split(/(\*\*[^*]+\*\*|\*[^*]+\*|\[[^\]]+\]\([^)]+\))/)) {
        const link = part.match(/^\[(.+)\]\((.+)\)$/);
        if (link) parent.append(element('a', '', link[1]));
        else if (part.startsWith('**')) parent.append(element('b', '', part.slice(2, -2)));
        else if (part.startsWith('*')) parent.append(element('em', '', part.slice(1, -1)));
        else parent.append(part);
      }
    };
    let list = null;
    for (const line of text.split('\n').filter(Boolean)) {
      if (line.startsWith('- ')) {
        list ??= box.appendChild(element('ul'));
        inline(list.appendChild(element('li')), line.slice(2));
      } else {
        list = null;
        inline(box.appendChild(element('p')), line);
      }
    }
    return box;
  }

  // ---- charts -----------------------------------------------------------------------------

  const timeAxis = () => ({
    type: 'time', min: data.from, max: data.to, splitNumber: 6,
    axisLabel: {color: FAINT, fontSize: 11, hideOverlap: true, formatter: clock},
    axisLine: {lineStyle: {color: '#bdc1c6'}}, axisTick: {lineStyle: {color: '#bdc1c6'}},
  });

  /** Ticks of times at whole minutes, hours and days. */
  const TICKS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 21600, 43200, 86400];
  function tick(unit, most) {
    if (unit !== 's') return {};
    const interval = TICKS.find(step => most / step <= 5) ?? 2 * TICKS.at(-1);
    return {interval, max: Math.ceil(most / interval) * interval || interval};
  }

  const valueAxis = (unit, most) => ({
    type: 'value', position: 'right', splitNumber: 4, min: 0, ...tick(unit, most),
    axisLabel: {color: FAINT, fontSize: 11, formatter: UNITS[unit]},
    splitLine: {lineStyle: {color: GRID}},
  });

  /** The highest that a chart has to show, lines above one another if they are stacked. */
  function highest(tile) {
    const sums = new Map();
    for (const [time, value] of tile.lines.flatMap(line => line.points)) {
      const before = sums.get(time) ?? 0;
      sums.set(time, tile.plot === 'LINE' ? Math.max(before, value) : before + value);
    }
    return Math.max(...sums.values(), ...tile.limits.map(limit => limit.value * 1.15));
  }

  const colorOf = (name, i) => STATES[name] ?? PALETTE[i % PALETTE.length];

  /** The distance of points, for a line to break where some are missing. */
  const step = ({points}) => points.length < 2
    ? 600e3 : Math.min(...points.slice(1).map(([time], i) => time - points[i][0]));

  function broken(line) {
    const gap = 2.5 * step(line);
    return line.points.flatMap(([time, value], i) =>
      i > 0 && time - line.points[i - 1][0] > gap
        ? [[line.points[i - 1][0] + 1, null], [time, value]] : [[time, value]]);
  }

  const nameOf = (tile, line) => line.name || (Object.keys(line.labels).length ? '–' : tile.title);

  function series(tile, line, i) {
    const color = colorOf(line.name, i);
    const bars = tile.plot === 'STACKED_BAR';
    return {
      type: PLOTS[tile.plot], name: nameOf(tile, line),
      stack: tile.plot === 'LINE' ? undefined : 'all',
      // A period is named by its end; its bar stands in its middle.
      data: bars ? line.points.map(([time, value]) => [time - step(line) / 2, value]) : broken(line),
      showSymbol: line.points.length === 1, itemStyle: {color}, barCategoryGap: '20%',
      lineStyle: {width: tile.plot === 'LINE' ? 1.8 : 0, color},
      areaStyle: tile.plot === 'STACKED_AREA' ? {color, opacity: .8} : undefined,
    };
  }

  /** Invisible, but for the lines that it draws across the chart, which has to reach up to them. */
  const limitLines = limits => ({
    type: 'line', data: limits.map(limit => [data.from, 1.1 * limit.value]), silent: true,
    showSymbol: false, lineStyle: {opacity: 0},
    markLine: {
      symbol: 'none', animation: false, lineStyle: {color: '#d93025', type: 'dashed', width: 1.4},
      label: {formatter: '{b}', position: 'insideStartTop', color: '#c5221f', fontSize: 11},
      data: limits.map(limit => ({yAxis: limit.value, name: limit.label})),
    },
  });

  function chart(tile) {
    const {lines} = tile;
    return {
      animation: false, grid: {left: 8, right: 56, top: 14, bottom: 52},
      tooltip: {trigger: 'axis', confine: true, valueFormatter: value => UNITS[tile.unit](value ?? 0)},
      legend: {
        bottom: 0, left: 0, type: 'scroll', icon: 'roundRect', itemWidth: 10, itemHeight: 10,
        textStyle: {color: '#3c4043', fontSize: 11.5}, data: lines.map(line => nameOf(tile, line)),
      },
      xAxis: timeAxis(),
      yAxis: valueAxis(tile.unit, highest(tile)),
      series: [...lines.map((line, i) => series(tile, line, i)), limitLines(tile.limits)],
    };
  }

  const categories = names => ({
    type: 'category', data: names, axisLabel: {color: FAINT, fontSize: 11, hideOverlap: true},
    axisLine: {lineStyle: {color: '#bdc1c6'}}, axisTick: {show: false},
  });

  /** Buckets are rows of equal height, as the console draws them. */
  function heatMap(tile) {
    const {points} = tile.lines[0];
    const all = points.flatMap(([, buckets]) => buckets);
    const rows = [...new Set(all.map(([low]) => low))].sort((a, b) => a - b);
    const most = Math.max(...all.map(([, , count]) => count));
    return {
      animation: false, grid: {left: 8, right: 56, top: 14, bottom: 26},
      xAxis: categories(points.map(([time]) => clock(time))),
      yAxis: {...categories(rows.map(UNITS[tile.unit])), position: 'right'},
      visualMap: {show: false, min: 0, max: most, inRange: {color: ['#e8f0fe', '#1a73e8', '#174ea6']}},
      series: [{
        type: 'heatmap', itemStyle: {borderWidth: 1, borderColor: '#fff'},
        data: points.flatMap(([, buckets], column) =>
          buckets.map(([low, , count]) => [column, rows.indexOf(low), count])),
      }],
    };
  }

  const spark = line => ({
    animation: false, grid: {left: 0, right: 2, top: 6, bottom: 6},
    xAxis: {type: 'time', show: false, min: data.from, max: data.to},
    yAxis: {type: 'value', show: false, min: 0},
    series: [{type: 'line', data: broken(line), showSymbol: false, lineStyle: {width: 1.6, color: '#1a73e8'},
      areaStyle: {color: '#1a73e8', opacity: .08}}],
  });

  // ---- tiles ------------------------------------------------------------------------------

  const charts = [];
  function draw(card, options) {
    const place = card.appendChild(element('div', 'chart'));
    charts.push([place, options]);
  }

  function state(tile, value) {
    const crossed = tile.limits.filter(limit =>
      limit.direction === 'ABOVE' ? value >= limit.value : value <= limit.value);
    if (crossed.some(limit => limit.color === 'RED')) return 'ALARM';
    if (crossed.length) return 'WARNING';
    return tile.limits.length ? 'OK' : '';
  }

  function scorecard(card, tile) {
    const value = tile.lines[0].points.at(-1)[1];
    const status = state(tile, value);
    if (status) card.classList.add(status);
    const score = card.appendChild(element('div', 'score'));
    score.append(element('b', '', UNITS[tile.unit](value)));
    if (tile.lines[0].points.length > 1) {
      score.style.alignItems = 'stretch';
      score.firstChild.style.alignSelf = 'center';
      draw(score, spark(tile.lines[0]));
    }
  }

  function table(card, tile) {
    const keys = Object.keys(tile.lines[0].labels).sort().reverse();
    const rows = card.appendChild(element('table'));
    const head = rows.appendChild(element('tr'));
    [...keys, 'Value'].forEach(key => head.append(element('th', '', key)));
    const most = Math.max(...tile.lines.map(line => line.points.at(-1)[1])) || 1;
    for (const line of tile.lines) {
      const value = line.points.at(-1)[1];
      const row = rows.appendChild(element('tr'));
      keys.forEach(key => row.append(element('td', '', line.labels[key] || '–')));
      const cell = row.appendChild(element('td', 'value')).appendChild(element('div'));
      cell.appendChild(element('i')).style.width = `${100 * value / most}%`;
      cell.append(element('span', '', UNITS[tile.unit](value)));
    }
  }

  function fill(card, tile) {
    if (tile.kind === 'TEXT') {
      card.append(markdown(tile.text));
    } else if (tile.promQl) {
      card.append(element('div', 'none', 'Asked in PromQL, which is not evaluated here.'));
    } else if (!tile.lines.some(line => line.points.length)) {
      card.append(element('div', 'none', 'No data is available for the selected time frame.'));
    } else if (tile.kind === 'SCORECARD') {
      scorecard(card, tile);
    } else if (tile.kind === 'TIME_SERIES_TABLE') {
      table(card, tile);
    } else {
      draw(card, tile.plot === 'HEATMAP' ? heatMap(tile) : chart(tile));
    }
  }

  const grid = document.getElementById('tiles');
  for (const tile of data.tiles) {
    const place = grid.appendChild(element('div', 'tile'));
    place.style.gridColumn = `${tile.x + 1} / span ${tile.width}`;
    place.style.gridRow = `${tile.y + 1} / span ${tile.height}`;
    if (tile.kind === 'SECTION_HEADER') {
      place.classList.add('header');
      place.append(element('h2', '', tile.title), element('p', '', tile.text));
    } else {
      const card = place.appendChild(element('div', 'card'));
      if (tile.title) card.append(element('h3', '', tile.title));
      fill(card, tile);
    }
  }
  document.title = data.title;
  document.getElementById('title').textContent = data.title;
  const hours = Math.round((data.to - data.from) / 3600e3);
  document.getElementById('range').textContent =
    `${hours} hours, ${clock(data.from)} – ${clock(data.to)} UTC`;
  const filters = document.getElementById('filters');
  filters.append('Filter');
  for (const label of data.filters) {
    const chip = filters.appendChild(element('span', '', `${label}: `));
    chip.append(element('b', '', '*'));
  }
  for (const [place, options] of charts) {
    echarts.init(place, null, {renderer: 'svg'}).setOption(options);
  }
})();
