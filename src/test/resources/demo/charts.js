'use strict';
// Draws the page from the data in it: {facts, metrics, series: [{metric, labels, points, buckets?}]}.
// A point is [end, appliedAt, value]; a counter's value is its increment, a distribution's increment
// is {bucket: count}. Times are milliseconds and shown in UTC.
(() => {
  const MINUTE = 60e3;
  const HOUR = 60 * MINUTE;
  const PERIOD = 5 * MINUTE;
  const STATES = ['completed', 'failed', 'crashed', 'cancelled'];
  const data = JSON.parse(document.getElementById('data').textContent);
  const {facts} = data;
  const [from, to] = facts.day;
  const encode = text => echarts.format.encodeHTML(String(text));
  const byId = id => document.getElementById(id);

  // ---- data -------------------------------------------------------------------------------

  const seriesOf = metric => data.series.filter(one => one.metric === metric);
  const sum = numbers => numbers.reduce((a, b) => a + b, 0);
  const nameOf = ({flow_name: flow, deployment_name: deployment}) =>
    deployment ? `${flow} / ${deployment}` : 'without deployment';

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

  // ---- words ------------------------------------------------------------------------------

  const number = n => n.toLocaleString('en-US');
  const two = n => String(n).padStart(2, '0');
  const clock = ms => {
    const date = new Date(ms);
    return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  };
  const axisClock = ms => ms === to && to % (24 * HOUR) === 0 ? '24:00' : clock(ms);
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

  function span(ms) {
    const minutes = Math.round(ms / MINUTE);
    const hours = Math.floor(minutes / 60);
    return [hours ? `${hours} h` : '', minutes % 60 ? `${minutes % 60} min` : ''].join(' ').trim();
  }

  // ---- look -------------------------------------------------------------------------------

  let color;
  function readColors() {
    const style = getComputedStyle(document.documentElement);
    color = name => style.getPropertyValue(`--${name}`).trim();
  }

  const narrow = element => element.clientWidth < 560;

  /** Tick distances in hours, and what to ask ECharts for: it takes the next below of its own. */
  const TICKS = [[.25, .27], [.5, .52], [1, 1], [2, 3], [4, 5], [6, 8], [12, 13]];
  const ticks = hours => {
    const [, ask] = TICKS.find(([step]) => step >= hours) ?? TICKS.at(-1);
    return {minInterval: ask * HOUR, maxInterval: ask * HOUR};
  };

  function timeAxis(element, more = {}) {
    const length = (more.max ?? to) - (more.min ?? from);
    return {
      type: 'time', min: from, max: to, ...ticks(length / HOUR / (element.clientWidth / 72)),
      axisLabel: {color: color('faint'), fontSize: 12, formatter: axisClock, hideOverlap: true},
      axisLine: {lineStyle: {color: color('line')}},
      axisTick: {lineStyle: {color: color('line')}},
      splitLine: {show: false},
      axisPointer: {label: {show: false}, lineStyle: {color: color('faint'), type: 'solid'}},
      ...more,
    };
  }

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

  /** The job's outage, behind a chart of levels: what nobody measured then cannot be filled. */
  function outageBand(label) {
    if (!facts.outage) return undefined;
    return {
      silent: true, itemStyle: {color: color('outage')},
      label: {show: Boolean(label), color: color('soft'), fontSize: 12, position: 'insideTop'},
      data: [[{name: label ?? '', xAxis: facts.outage[0]}, {xAxis: facts.outage[1]}]],
    };
  }

  // ---- charts: each takes its element and gives its options, a sentence or nothing -------

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
      xAxis: timeAxis(element), yAxis: valueAxis('runs'),
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
    xAxis: timeAxis(element, {
      ...ticks(6),
      axisLabel: {color: color('faint'), fontSize: 11, formatter: axisClock, hideOverlap: true},
    }),
    yAxis: valueAxis('', {axisLabel: {show: false}, splitLine: {show: false}}),
    series: outcomeBars(group.series, HOUR, {gap: '18%'}),
  });

  const windows = seriesOf('exporter/window_count').flatMap(one => one.points);
  const isLate = ([end, applied]) => facts.outage
    ? end >= facts.outage[0] && end < facts.outage[1] && applied >= facts.outage[1]
    : applied - end > 2 * PERIOD;

  function hole(element) {
    if (!windows.length) return null;
    const [min, max] = facts.outage ? [facts.outage[0] - HOUR, facts.outage[1] + HOUR] : [from, to];
    const width = facts.outage ? PERIOD : HOUR / 2;
    const here = windows.filter(point => point[0] > min && point[0] <= max);
    const written = here.map(point => point[1]);
    const ends = finished.flatMap(one => one.points);
    const left = narrow(element) ? 44 : 48;
    const names = ['written on time', 'written later, by the catch-up'];
    const colors = [color('completed'), color('caught')];
    const dots = (name, i, points) => ({
      type: 'scatter', name, symbolSize: facts.outage ? 7 : 5, itemStyle: {color: colors[i]},
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
    if (facts.outage) {
      const label = {color: color('soft'), fontSize: 12};
      series[0].markArea = {
        silent: true, itemStyle: {color: color('outage')},
        label: {...label, position: 'inside'},
        data: [[{name: `no execution for ${span(facts.outage[1] - facts.outage[0])}`,
          yAxis: facts.outage[0]}, {yAxis: facts.outage[1]}]],
      };
      series[2].markArea = outageBand();
    }
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
        timeAxis(element, {
          // ECharts widens the axis of bars by half a bar at each end; the dots follow.
          min: min - .39 * width, max: max + .39 * width, gridIndex: 0,
          splitLine: {show: true, lineStyle: {color: color('grid')}},
        }),
        timeAxis(element, {min, max, gridIndex: 1}),
      ],
      yAxis: [
        {
          ...timeAxis(element), gridIndex: 0, name: 'written at',
          min: Math.min(min, ...written), max: Math.max(max, ...written) + 4 * MINUTE,
          ...ticks(facts.outage ? 1 : 4),
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

  function heat(element) {
    const series = seriesOf('flow_run/execution_times').filter(one => one.points.length);
    if (!series.length) return null;
    const {scale, growth} = series[0].buckets;
    const width = HOUR / 2;
    const slots = Math.ceil((to - from) / width);
    const cells = new Map();
    for (const [end, , buckets] of series.flatMap(one => one.points)) {
      const slot = Math.ceil((end - from) / width) - 1;
      if (slot < 0 || slot >= slots) continue;
      for (const [bucket, count] of Object.entries(buckets)) {
        const key = `${slot},${bucket}`;
        cells.set(key, (cells.get(key) ?? 0) + count);
      }
    }
    const points = [...cells].map(([key, count]) => [...key.split(',').map(Number), count]);
    const lowest = Math.min(...points.map(point => point[1]));
    const highest = Math.max(...points.map(point => point[1]));
    const bound = bucket => bucket <= 0 ? 0 : scale * growth ** (bucket - 1);
    const buckets = Array.from({length: highest - lowest + 1}, (_, i) => lowest + i);
    const hours = narrow(element) ? 6 : 3;
    return {
      tooltip: tooltip({
        trigger: 'item',
        formatter: ({value: [slot, bucket, count]}) =>
          tip(`${clock(from + slot * width)} – ${clock(from + (slot + 1) * width)}`, [])
          + row('', `${duration(bound(bucket + lowest))} to ${duration(bound(bucket + lowest + 1))}`,
            plural(count, 'run')),
      }),
      visualMap: {
        type: 'piecewise', orient: 'horizontal', top: 0, left: 0, itemWidth: 11, itemHeight: 11,
        itemGap: 14, textGap: 6, itemSymbol: 'roundRect', textStyle: {color: color('soft'), fontSize: 13},
        dimension: 2,
        pieces: [
          {min: 1, max: 1, label: '1 run', color: color('heat-1')},
          {min: 2, max: 2, label: '2', color: color('heat-2')},
          {min: 3, max: 4, label: '3 – 4', color: color('heat-3')},
          {min: 5, max: 8, label: '5 – 8', color: color('heat-4')},
          {min: 9, label: '9 and more', color: color('heat-5')},
        ],
      },
      grid: {left: 58, right: 18, top: 56, bottom: 26},
      xAxis: {
        type: 'category', data: Array.from({length: slots}, (_, i) => clock(from + i * width)),
        axisLabel: {color: color('faint'), fontSize: 12, interval: i => (from + i * width) % (hours * HOUR) === 0},
        axisTick: {show: false}, axisLine: {lineStyle: {color: color('line')}},
      },
      yAxis: {
        type: 'category', data: buckets.map(bucket => duration(bound(bucket))), name: 'at least',
        nameTextStyle: {color: color('faint'), fontSize: 12, align: 'left', padding: [0, 0, 0, -54]},
        nameGap: 10,
        axisLabel: {color: color('faint'), fontSize: 12, interval: i => i % 2 === 0},
        axisTick: {show: false}, axisLine: {show: false},
        splitLine: {show: true, lineStyle: {color: color('grid')}},
      },
      series: [{
        type: 'heatmap', data: points.map(([slot, bucket, count]) => [slot, bucket - lowest, count]),
        itemStyle: {borderColor: color('card'), borderWidth: 1, borderRadius: 2},
        emphasis: {itemStyle: {borderColor: color('ink'), borderWidth: 1}},
      }],
    };
  }

  function streaks(element) {
    const all = seriesOf('deployment/consecutive_failures').map(one => ({
      name: nameOf(one.labels), points: one.points, worst: Math.max(0, ...one.points.map(p => p[2])),
    }));
    if (!all.length) return null;
    const broken = all.filter(one => one.worst >= 3).sort((a, b) => b.worst - a.worst).slice(0, 4);
    const rest = all.filter(one => !broken.includes(one));
    const restName = plural(rest.length, broken.length ? 'other deployment' : 'deployment');
    const strong = ['failed', 'pool-1', 'pool-2', 'pool-3'];
    const series = rest.map(one => ({
      type: 'line', name: restName, step: 'end', symbol: 'none', data: line(one.points),
      color: color('quiet'), lineStyle: {width: 1.25}, tooltip: {show: false}, silent: true,
    }));
    broken.forEach((one, i) => {
      const [time, , worst] = one.points.findLast(point => point[2] === one.worst);
      series.push({
        type: 'line', name: one.name, step: 'end', symbol: 'none', data: line(one.points), z: 5,
        color: color(strong[i]), lineStyle: {width: 2.5},
        areaStyle: i === 0 ? {opacity: .1} : undefined,
        markPoint: {
          symbol: 'circle', symbolSize: 7, silent: true,
          label: {formatter: `${worst} in a row`, position: 'left', distance: 8, fontSize: 13,
            fontWeight: 600, color: color('ink')},
          data: [{coord: [time, worst]}],
        },
      });
    });
    return {
      legend: legend({data: [...broken.map(one => one.name), restName]}),
      tooltip: tooltip({
        formatter: items => {
          const up = items.filter(item => item.value[1] > 0);
          return tip(clock(items[0].value[0]), up.length ? up : items.slice(-1));
        },
      }),
      grid: {left: 34, right: 18, top: element.clientWidth < 420 ? 76 : 54, bottom: 26},
      xAxis: timeAxis(element), yAxis: valueAxis('failures'),
      series,
    };
  }

  function late(element) {
    const counts = seriesOf('flow_run/late_count');
    if (!counts.length) return null;
    const ages = seriesOf('flow_run/oldest_late_age');
    if (once(counts)) {
      const count = sum(counts.map(one => one.points[0][2]));
      const oldest = Math.max(0, ...ages.flatMap(one => one.points.map(point => point[2])));
      return `Measured once, at ${clock(counts[0].points[0][0])}: ${plural(count, 'late run')}`
        + (count ? `, the oldest for ${duration(oldest)}.` : '.');
    }
    const pools = [...new Set(counts.map(one => one.labels.work_pool_name))].sort();
    // Pools without any late run all day would only fill the legend.
    const busy = pools.filter(pool => counts.some(one =>
      one.labels.work_pool_name === pool && Math.max(...one.points.map(point => point[2])) > 0));
    const shown = busy.length ? busy : pools;
    const of = (series, pool) => series
      .filter(one => one.labels.work_pool_name === pool).flatMap(one => one.points);
    const name = pool => pool || 'without pool';
    const tint = pool => color(`pool-${pools.indexOf(pool) % 4 + 1}`);
    const series = [
      ...shown.map(pool => ({
        type: 'line', name: name(pool), stack: 'late', step: 'end', symbol: 'none', color: tint(pool),
        lineStyle: {width: 1.5}, areaStyle: {opacity: .35}, data: line(of(counts, pool)),
      })),
      ...shown.map(pool => ({
        type: 'line', name: name(pool), xAxisIndex: 1, yAxisIndex: 1, symbol: 'none', step: 'end',
        color: tint(pool), lineStyle: {width: 2},
        data: line(of(ages, pool), point => point[2] / 60),
      })),
    ];
    series[0].markArea = outageBand('job outage');
    series[shown.length].markArea = outageBand();
    const axis = {nameTextStyle: {color: color('faint'), fontSize: 12, align: 'left', padding: [0, 0, 2, -32]}};
    return {
      legend: legend({data: shown.map(name)}),
      axisPointer: {link: [{xAxisIndex: 'all'}]},
      tooltip: tooltip({
        formatter: items => tip(clock(items[0].value[0]), items.filter(item => item.value[1] !== null),
          item => item.axisIndex === 0 ? plural(item.value[1], 'run') : duration(item.value[1] * 60)),
      }),
      grid: [{left: 36, right: 18, top: 52, height: 118}, {left: 36, right: 18, top: 222, bottom: 26}],
      xAxis: [timeAxis(element, {gridIndex: 0, axisLabel: {show: false}}), timeAxis(element, {gridIndex: 1})],
      yAxis: [
        valueAxis('late runs', {gridIndex: 0, splitNumber: 3, ...axis}),
        valueAxis('oldest has waited, minutes', {gridIndex: 1, splitNumber: 3, ...axis}),
      ],
      series,
    };
  }

  const STATUS = [['online', 'completed'], ['stale', 'crashed'], ['offline', 'cancelled']];
  const READY = [['ready', 'completed'], ['not ready', 'failed'], ['paused', 'crashed']];

  const poolChart = pool => element => {
    const of = metric => seriesOf(metric).filter(one => one.labels.work_pool_name === pool.name);
    const points = metric => of(metric)[0]?.points ?? [];
    const paused = new Map(points('work_pool/paused').map(point => [point[0], point[2]]));
    const ready = new Map(points('work_pool/ready').map(point => [point[0], point[2]]));
    if (once([...of('work_pool/ready'), ...of('work_pool/paused')])) {
      const heartbeat = points('work_pool/last_heartbeat_age')[0];
      const [time] = [...paused.keys(), ...ready.keys()];
      const counts = STATUS.map(([status]) => status + ' ' + sum(of('work_pool/worker_count')
        .filter(one => one.labels.status === status).map(one => one.points[0][2])));
      return `At ${clock(time)}: ${paused.get(time) ? 'paused' : ready.get(time) === 0 ? 'not ready' : 'ready'}`
        + (pool.workers ? `; workers ${counts.join(', ')}` : '')
        + (heartbeat ? `; last heartbeat ${duration(heartbeat[2])} ago` : '');
    }
    const times = [...new Set([...ready.keys(), ...paused.keys()])].sort((a, b) => a - b);
    const condition = time =>
      paused.get(time) ? 'paused' : ready.has(time) ? (ready.get(time) ? 'ready' : 'not ready') : '';
    const strip = state => times.flatMap((time, i) => {
      if (condition(time) !== state) return [];
      const next = times[i + 1] ?? time;
      const until = next - time > 3 * PERIOD ? time + PERIOD : next;
      const goes = condition(next) === state && until === next;
      return [[time, 1], [until, 1], ...(goes ? [] : [[until, null]])];
    });
    const workers = pool.workers;
    const grids = workers
      ? [{top: 10, height: 14}, {top: 56, height: 80}, {top: 172, bottom: 24}]
      : [{top: 10, height: 14}];
    const lastGrid = grids.length - 1;
    if (!workers) grids[0].bottom = 24;
    const series = READY.map(([state, tone]) => ({
      type: 'line', name: state, data: strip(state), symbol: 'none', silent: true,
      lineStyle: {width: 0}, areaStyle: {color: color(tone), opacity: 1}, color: color(tone),
    }));
    if (workers) {
      for (const [status, tone] of STATUS) {
        const worker = of('work_pool/worker_count').filter(one => one.labels.status === status);
        series.push({
          type: 'line', name: status, stack: 'workers', step: 'end', symbol: 'none',
          xAxisIndex: 1, yAxisIndex: 1, color: color(tone), lineStyle: {width: 0},
          areaStyle: {opacity: .75}, data: line(worker.flatMap(one => one.points)),
        });
      }
      series.push({
        type: 'line', name: 'last heartbeat', step: 'end', symbol: 'none', xAxisIndex: 2, yAxisIndex: 2,
        color: color('ink'), lineStyle: {width: 1.5},
        data: line(points('work_pool/last_heartbeat_age'), point => Math.max(1, point[2])),
      });
      series[3].markArea = outageBand();
      series[6].markArea = outageBand();
    }
    series[0].markArea = outageBand();
    const name = {nameTextStyle: {color: color('faint'), fontSize: 12, align: 'left', padding: [0, 0, 0, -36]}};
    return {
      axisPointer: {link: [{xAxisIndex: 'all'}]},
      tooltip: tooltip({
        formatter: items => {
          const time = items.find(item => item.axisIndex > 0)?.value[0] ?? items[0].value[0];
          const levels = items.filter(item => item.axisIndex > 0 && item.value[1] !== null);
          return tip(`${clock(time)} ${condition(time)}`, levels,
            item => item.seriesName === 'last heartbeat'
              ? `${duration(item.value[1])} ago` : plural(item.value[1], 'worker'));
        },
      }),
      grid: grids.map(grid => ({left: 40, right: 18, ...grid})),
      xAxis: grids.map((_, i) => timeAxis(element, {
        gridIndex: i, ...(i < lastGrid ? {axisLabel: {show: false}, axisTick: {show: false}} : {}),
        ...(i === 0 ? {axisLine: {show: false}, axisTick: {show: i === lastGrid}} : {}),
      })),
      yAxis: [
        {
          type: 'value', min: 0, max: 1, gridIndex: 0, name: 'pool', nameLocation: 'middle',
          nameRotate: 0, nameGap: 8, nameTextStyle: {color: color('faint'), fontSize: 12, align: 'right'},
          axisLabel: {show: false}, axisLine: {show: false}, axisTick: {show: false}, splitLine: {show: false},
        },
        ...(workers ? [
          valueAxis('workers', {gridIndex: 1, splitNumber: 2, ...name}),
          {
            ...valueAxis('last heartbeat', name), type: 'log', logBase: 60, gridIndex: 2, min: 1,
            max: 3600 * 60, minInterval: undefined,
            axisLabel: {color: color('faint'), fontSize: 12,
              formatter: value => value > 3600 ? '' : duration(value).replace('60\u00a0min', '1\u00a0h')},
          },
        ] : []),
      ],
      series,
    };
  };

  // ---- page -------------------------------------------------------------------------------

  const charts = [];

  /** Puts a chart, or a word of why there is none, into an element. */
  function show(element, options) {
    charts.push({element, options});
  }

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function draw() {
    readColors();
    for (const one of charts) {
      const option = one.options(one.element);
      if (!option || typeof option === 'string') {
        one.element.style.height = 'auto';
        one.element.replaceChildren(make('div', {
          className: 'none', textContent: option || 'Nothing of this was written in this time.',
        }));
        continue;
      }
      one.chart ??= echarts.init(one.element, null, {renderer: 'svg'});
      one.chart.setOption({
        animation: false, useUTC: true, aria: {enabled: true},
        textStyle: {fontFamily: getComputedStyle(document.body).fontFamily}, ...option,
      }, {notMerge: true});
    }
  }

  function header() {
    const runs = sum(finished.flatMap(one => one.points.map(point => point[2])));
    const counted = sum(windows.map(point => point[2]));
    const filled = windows.filter(isLate);
    byId('title').textContent = facts.title;
    byId('lead').textContent = `${day(from)}, ${clock(from)} to ${axisClock(to)} UTC`
      + (day(to - 1) === day(from) ? '' : ` on ${day(to - 1)}`)
      + `. Every number here was read back from the store that the job wrote to.`;
    const tiles = [
      [number(facts.executions), facts.executions === 1
        ? `execution, in ${duration(facts.tookSeconds)}`
        : `executions of the job, all in ${duration(facts.tookSeconds)}`],
      [number(counted), 'windows, each counted once'],
      [number(runs), 'flow runs finished'],
      [number(facts.points), `points in ${number(facts.series)} series`],
    ];
    if (facts.outage) {
      tiles.push([span(facts.outage[1] - facts.outage[0]),
        `outage, ${plural(filled.length, 'window')} filled afterwards`]);
    }
    byId('events').append(...facts.events.map(({span: [start, end], text}) => make('li', {},
      make('time', {textContent: `${clock(start)} – ${axisClock(end)}`}), make('span', {textContent: text}))));
    byId('facts').append(...tiles.map(([value, text]) =>
      make('div', {}, make('dt', {textContent: text}), make('dd', {textContent: value}))));
  }

  function texts() {
    byId('hole-title').textContent = facts.outage
      ? 'The hole that the catch-up filled' : 'When each window was written';
    byId('hole-text').textContent = facts.outage
      ? `From ${clock(facts.outage[0])} to ${clock(facts.outage[1])} the job was not executed. The first `
        + 'execution after that wrote every window it had missed, at the windows’ own times: the row of '
        + 'dots on top was written all at once, and below no window is missing from the chart.'
      : 'Each window has its own point at its own time, however late it was written.';
    byId('pools-text').textContent = 'Whether a pool takes work, its workers by what their heartbeats say, '
      + 'and the age of the youngest heartbeat. Prefect keeps the records of dead workers: they stay, offline.'
      + (facts.outage ? ' Levels like these are measured when the job runs: unlike the counters, what '
        + 'nobody measured during the job’s outage (shaded) stays a gap.' : '');
    const key = (label, words) => make('span', {}, `${label} `, ...words.map(([word, tone]) => {
      const dot = make('i');
      dot.style.background = `var(--${tone})`;
      return make('span', {}, dot, word);
    }));
    byId('pool-key').append(key('Pool:', READY), key('Workers:', STATUS));
  }

  function small() {
    const groups = deploymentCharts();
    for (const group of groups) {
      const chart = make('div', {className: 'chart'});
      chart.style.height = '84px';
      const note = make('p', {className: 'note'}, plural(group.total, 'run'));
      if (group.bad) note.append(', ', make('b', {textContent: `${number(group.bad)} failed or crashed`}));
      byId('deployments').append(
        make('div', {className: 'mini'}, make('h3', {textContent: group.name}), note, chart));
      show(chart, deploymentChart(group));
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
    if (!all.length) {
      byId('pool-key').remove();
      const empty = make('div');
      empty.className = 'wide';
      byId('pools').append(empty);
      show(empty, () => null);
    }
    for (const pool of all) {
      const chart = make('div', {className: 'chart'});
      chart.style.cssText = `height:${pool.workers ? 264 : 50}px;margin-top:4px`;
      byId('pools').append(make('div', {className: pool.workers ? '' : 'wide'},
        make('h3', {}, pool.name, ' ', make('span', {
          textContent: `${pool.type}${pool.workers ? '' : ', has no workers to watch'}`,
        })), chart));
      show(chart, poolChart(pool));
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

  function theme(name) {
    document.documentElement.dataset.theme = name;
    byId('theme').textContent = name === 'dark' ? 'Light' : 'Dark';
    byId('theme').setAttribute('aria-label', `Switch to ${name === 'dark' ? 'light' : 'dark'} colors`);
  }

  const preferred = matchMedia('(prefers-color-scheme: dark)');
  const asked = location.hash.slice(1);
  theme(['dark', 'light'].includes(asked) ? asked : preferred.matches ? 'dark' : 'light');
  byId('theme').addEventListener('click', () => {
    theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
    draw();
  });
  preferred.addEventListener('change', () => {
    theme(preferred.matches ? 'dark' : 'light');
    draw();
  });
  let resizing;
  addEventListener('resize', () => {
    clearTimeout(resizing);
    resizing = setTimeout(() => {
      for (const {chart} of charts) chart?.resize();
      draw();
    }, 100);
  });

  header();
  texts();
  show(byId('outcomes'), outcomes);
  small();
  show(byId('hole'), hole);
  show(byId('heat'), heat);
  show(byId('streaks'), streaks);
  show(byId('late'), late);
  pools();
  table();
  draw();
})();
