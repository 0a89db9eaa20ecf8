'use strict';
// What all pages share: words, colours, time axes, links, and when charts are drawn. Times are
// milliseconds and shown in UTC. The data in the page has {pages: [{file, title, here}]}.
const page = (() => {
  const MINUTE = 60e3;
  const HOUR = 60 * MINUTE;
  const data = JSON.parse(document.getElementById('data').textContent);
  const byId = id => document.getElementById(id);

  // ---- words ------------------------------------------------------------------------------

  const number = n => n.toLocaleString('en-US');
  const two = n => String(n).padStart(2, '0');
  const clock = ms => {
    const date = new Date(ms);
    return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  };
  /** Midnight at the end of a day. */
  const endClock = ms => ms % (24 * HOUR) === 0 ? '24:00' : clock(ms);
  const day = ms => new Date(ms).toLocaleDateString('en-GB',
    {weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'});
  const plural = (n, word) => `${number(n)} ${word}${n === 1 ? '' : 's'}`;

  function duration(seconds) {
    const short = n => n < 10 ? String(Math.round(n * 10) / 10) : String(Math.round(n));
    if (seconds < 60) return `${short(seconds)}\u00a0s`;
    if (seconds < 3600) return `${short(seconds / 60)}\u00a0min`;
    if (seconds < 86400) return `${short(seconds / 3600)}\u00a0h`;
    return `${short(seconds / 86400)}\u00a0d`;
  }

  // ---- elements ---------------------------------------------------------------------------

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  /** A word of a legend, with its colour by name. */
  function keyed(word, tone) {
    const dot = make('i');
    dot.style.background = `var(--${tone})`;
    return make('span', {}, dot, word);
  }

  // ---- look -------------------------------------------------------------------------------

  // Follows the theme.
  const style = getComputedStyle(document.documentElement);
  const color = name => style.getPropertyValue(`--${name}`).trim();
  const encode = text => echarts.format.encodeHTML(String(text));

  /** Tick distances in hours, and what to ask ECharts for: it takes the next below of its own. */
  const TICKS = [[.25, .27], [.5, .52], [1, 1], [2, 3], [4, 5], [6, 8], [12, 13]];
  const ticks = hours => {
    const [, ask] = TICKS.find(([step]) => step >= hours) ?? TICKS.at(-1);
    return {minInterval: ask * HOUR, maxInterval: ask * HOUR};
  };

  /** Has as many labels as there is room for. */
  function timeAxis(element, [from, to], more = {}) {
    const length = (more.max ?? to) - (more.min ?? from);
    const label = ms => ms === to ? endClock(ms) : clock(ms);
    return {
      type: 'time', min: from, max: to, ...ticks(length / HOUR / (element.clientWidth / 60)),
      axisLabel: {color: color('faint'), fontSize: 12, formatter: label, hideOverlap: true},
      axisLine: {lineStyle: {color: color('line')}},
      axisTick: {lineStyle: {color: color('line')}},
      splitLine: {show: false},
      axisPointer: {label: {show: false}, lineStyle: {color: color('faint'), type: 'solid'}},
      ...more,
    };
  }

  const tooltip = (more = {}) => ({
    trigger: 'axis', confine: true, backgroundColor: color('card'), borderColor: color('line'),
    textStyle: {color: color('ink'), fontSize: 13}, padding: [8, 12],
    extraCssText: 'box-shadow:0 4px 16px rgba(0,0,0,.18);', ...more,
  });

  const row = (dot, label, value) =>
    `<div style="display:flex;gap:18px;justify-content:space-between"><span>${dot}${encode(label)}</span>`
    + `<b style="font-weight:600">${encode(value)}</b></div>`;

  const tip = (head, items, value = item => number(item.value[1])) =>
    `<div style="color:${color('soft')};margin-bottom:2px">${encode(head)}</div>`
    + items.map(item => row(item.marker, item.seriesName, value(item))).join('');

  /** Five shades for counts from 1 on, each for about twice as many as the one before. */
  function shades(most) {
    const tops = [1, 2, 3, 4, 5].map(i => Math.round(most ** (i / 5)));
    return [...new Set(tops)].map((top, i, all) => ({
      min: i ? all[i - 1] + 1 : 1, max: top, tone: `heat-${Math.ceil((i + 1) * 5 / all.length)}`,
    })).map(shade => ({
      ...shade, label: shade.min === shade.max ? number(shade.min) : `${number(shade.min)} – ${number(shade.max)}`,
    }));
  }

  /** Buckets are rows of equal height, as Cloud Monitoring's console draws them. */
  const bucketAxis = names => ({
    type: 'category', data: names, axisLabel: {color: color('faint'), fontSize: 12, hideOverlap: true},
    axisTick: {show: false}, axisLine: {show: false},
  });

  /** Cells are [end, row, count], and begin so long before their end: they stand where their time is. */
  const heat = (cells, length, found) => ({
    type: 'custom', clip: true, data: cells,
    renderItem: (_, api) => {
      const [right, middle] = api.coord([api.value(0), api.value(1)]);
      const [left] = api.coord([api.value(0) - length, api.value(1)]);
      const height = api.size([0, 1])[1];
      return {
        type: 'rect', style: {fill: color(found.find(shade => api.value(2) <= shade.max).tone)},
        shape: {
          x: left + .5, y: middle - height / 2 + .5, width: Math.max(1, right - left - 1), height: Math.max(1, height - 1), r: 1,
        },
      };
    },
  });

  // ---- drawing ----------------------------------------------------------------------------

  const charts = [];

  /** Draws a chart in an element, once the page stands: options are made anew for each size. */
  function show(element, options) {
    charts.push({element, options});
  }

  function draw() {
    for (const one of charts) {
      one.chart ??= echarts.init(one.element, null, {renderer: 'svg'});
      one.chart.resize();
      one.chart.setOption({
        animation: false, useUTC: true, aria: {enabled: true},
        textStyle: {fontFamily: getComputedStyle(document.body).fontFamily}, ...one.options(one.element),
      }, {notMerge: true});
    }
  }

  /** The scheme that somebody chose goes along from page to page. */
  function links() {
    const chosen = ['#dark', '#light'].includes(location.hash) ? location.hash : '';
    byId('pages').replaceChildren(...data.pages.map(({file, title, here}) => {
      const link = make('a', {href: file + chosen, textContent: title});
      if (here) link.setAttribute('aria-current', 'page');
      return link;
    }));
  }

  function theme(name) {
    document.documentElement.dataset.theme = name;
    byId('theme').textContent = name === 'dark' ? 'Light' : 'Dark';
    byId('theme').setAttribute('aria-label', `Switch to ${name === 'dark' ? 'light' : 'dark'} colors`);
    links();
  }

  function start() {
    const preferred = matchMedia('(prefers-color-scheme: dark)');
    const choose = () => {
      const asked = location.hash.slice(1);
      theme(['dark', 'light'].includes(asked) ? asked : preferred.matches ? 'dark' : 'light');
      draw();
    };
    byId('theme').addEventListener('click', () => {
      history.replaceState(null, '', document.documentElement.dataset.theme === 'dark' ? '#light' : '#dark');
      choose();
    });
    preferred.addEventListener('change', choose);
    let resizing;
    addEventListener('resize', () => {
      clearTimeout(resizing);
      resizing = setTimeout(draw, 100);
    });
    choose();
  }

  return {
    MINUTE, HOUR, data, byId, number, clock, endClock, day, plural, duration, make, keyed, color, encode, ticks,
    timeAxis, tooltip, row, tip, shades, heat, bucketAxis, show, start,
  };
})();
