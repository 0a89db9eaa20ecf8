'use strict';
// Puts the page of the day together.
(() => {
  const {data, byId, number, clock, endClock, day, plural, duration, make, keyed, show} = page;
  const {facts, from, to, seriesOf, sum, span} = written;
  const {finished, windows, isLate} = runs;

  // Sections of which nothing was written, to be said once.
  const leftOut = [];

  function leaveOut(section) {
    leftOut.push(section.querySelector('h2').textContent);
    section.remove();
  }

  function place(element, options) {
    const now = options(element);
    if (now === null) leaveOut(element.closest('section'));
    else if (typeof now === 'string') element.replaceWith(make('p', {className: 'once', textContent: now}));
    else show(element, options);
  }

  function header() {
    const ended = sum(finished.flatMap(one => one.points.map(point => point[2])));
    const counted = sum(windows.map(point => point[2]));
    const filled = windows.filter(isLate);
    byId('title').textContent = facts.title;
    byId('lead').textContent = `${day(from)}, ${clock(from)} to ${endClock(to)} UTC`
      + (day(to - 1) === day(from) ? '' : ` on ${day(to - 1)}`)
      + `. ${facts.about}`;
    const tiles = [
      [number(facts.executions), facts.executions === 1
        ? `execution, in ${duration(facts.tookSeconds)}`
        : `executions of the job, all in ${duration(facts.tookSeconds)}`],
      [number(counted), 'windows, each counted once'],
      [number(ended), 'flow runs finished'],
      [number(facts.points), `points in ${number(facts.series)} series`],
    ];
    if (facts.outage) {
      tiles.push([span(facts.outage[1] - facts.outage[0]),
        `outage, ${plural(filled.length, 'window')} filled afterwards`]);
    }
    byId('events').append(...facts.events.map(({span: [start, end], text}) => make('li', {},
      make('time', {textContent: `${clock(start)} – ${endClock(end)}`}), make('span', {textContent: text}))));
    byId('facts').append(...tiles.map(([value, text]) =>
      make('div', {}, make('dt', {textContent: text}), make('dd', {textContent: value}))));
  }

  function texts() {
    if (facts.outage) {
      byId('hole-text').textContent =
        `From ${clock(facts.outage[0])} to ${clock(facts.outage[1])} the job was not executed. The first `
        + 'execution after that wrote every window it had missed, at the windows’ own times: the row of '
        + 'dots on top was written all at once, and below no window is missing from the chart.';
    }
    byId('pools-text').textContent = 'Whether a pool takes work, its workers by what their heartbeats say, '
      + 'and the age of the youngest heartbeat. Prefect keeps the records of dead workers: they stay, offline.'
      + (facts.outage ? ' Levels like these are measured when the job runs: unlike the counters, what '
        + 'nobody measured during the job’s outage (shaded) stays a gap.' : '');
    const key = (label, words) => make('span', {}, `${label} `, ...words.map(word => keyed(...word)));
    byId('pool-key').append(key('Pool:', levels.READY), key('Workers:', levels.STATUS));
  }

  function small() {
    const groups = runs.deploymentCharts();
    for (const group of groups) {
      const chart = make('div', {className: 'chart'});
      chart.style.height = '84px';
      const note = make('p', {className: 'note'}, plural(group.total, 'run'));
      if (group.bad) note.append(', ', make('b', {textContent: `${number(group.bad)} failed or crashed`}));
      byId('deployments').append(
        make('div', {className: 'mini'}, make('h3', {textContent: group.name}), note, chart));
      show(chart, runs.deploymentChart(group));
    }
  }

  function pools() {
    const found = new Map();
    for (const {labels} of [...seriesOf('work_pool/ready'), ...seriesOf('work_pool/paused')]) {
      found.set(labels.work_pool_name, {name: labels.work_pool_name, type: labels.work_pool_type ?? ''});
    }
    for (const {labels, points} of seriesOf('work_pool/worker_count')) {
      const pool = found.get(labels.work_pool_name);
      if (pool && points.length) pool.workers = true;
    }
    const all = [...found.values()].sort((a, b) =>
      Boolean(b.workers) - Boolean(a.workers) || a.name.localeCompare(b.name));
    if (!all.length) leaveOut(byId('pools').closest('section'));
    for (const pool of all) {
      const chart = make('div', {className: 'chart'});
      chart.style.cssText = `height:${pool.workers ? 264 : 50}px;margin-top:4px`;
      byId('pools').append(make('div', {className: pool.workers ? '' : 'wide'},
        make('h3', {}, pool.name, ' ', make('span', {
          textContent: `${pool.type}${pool.workers ? '' : ', has no workers to watch'}`,
        })), chart));
      place(chart, levels.poolChart(pool));
    }
  }

  function table() {
    const cells = (tag, texts) => make('tr', {}, ...texts.map((text, i) =>
      make(tag, {className: i > 1 ? 'n' : ''}, text)));
    const rows = data.metrics.map(one => cells('td', [
      make('code', {textContent: one.metric}), one.kind.toLowerCase(), number(one.series), number(one.points),
    ]));
    byId('metrics').append(
      make('thead', {}, cells('th', ['Below custom.googleapis.com/prefect', 'Kind', 'Series', 'Points'])),
      make('tbody', {}, ...rows));
  }
  header();
  texts();
  place(byId('outcomes'), runs.outcomes);
  small();
  // That everything of a single execution was written at once is nothing to look at.
  if (facts.outage) place(byId('hole'), runs.hole);
  else byId('hole').closest('section').remove();
  byId('heat-key').append(...runs.heatShades.map((shade, i) =>
    keyed(i ? shade.label : `${shade.label} run${shade.max > 1 ? 's' : ''}`, shade.tone)));
  place(byId('heat'), runs.heatMap);
  place(byId('streaks'), levels.streaks);
  place(byId('late'), levels.late);
  pools();
  table();
  byId('left-out').textContent = leftOut.length
    ? `Not on this page, because nothing of it was written in this time: ${leftOut.join(', ')}.` : '';
  document.title = facts.title;
  page.start();
})();
