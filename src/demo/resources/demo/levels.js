'use strict';
// The charts of levels: each takes its element and gives its options, a sentence if it was measured only
// once, or null if nothing of it was written.
const levels = (() => {
  const {clock, plural, duration, color, tooltip, tip} = page;
  const {PERIOD, seriesOf, sum, nameOf, once, line, dayAxis, valueAxis, legend, outageBand} = written;

  function streaks(element) {
    const all = seriesOf('deployment/consecutive_failures').map(one => ({
      name: nameOf(one.labels), points: one.points, worst: Math.max(0, ...one.points.map(p => p[2])),
    }));
    if (!all.length) return null;
    const broken = all.filter(one => one.worst >= 3).sort((a, b) => b.worst - a.worst).slice(0, 4);
    const rest = all.filter(one => !broken.includes(one));
    const restName = plural(rest.length, broken.length ? 'other deployment' : 'deployment');
    const strong = ['failed', 'hue-0', 'hue-1', 'hue-2'];
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
      grid: {left: 34, right: 18, top: element.clientWidth < 560 ? 84 : 54, bottom: 26},
      xAxis: dayAxis(element), yAxis: valueAxis('failures'),
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
    // A pool has a series for each reason.
    const added = points => [...points.reduce((times, [start, end, value]) =>
      times.set(start, [start, end, value + (times.get(start)?.[2] ?? 0)]), new Map()).values()]
      .sort((one, other) => one[0] < other[0] ? -1 : 1);
    const name = pool => pool || 'no pool';
    const tint = pool => color(pool ? `hue-${pools.filter(Boolean).indexOf(pool) % 16}` : 'nobody');
    const series = [
      ...shown.map(pool => ({
        type: 'line', name: name(pool), stack: 'late', step: 'end', symbol: 'none', color: tint(pool),
        lineStyle: {width: 1.5}, areaStyle: {opacity: .35}, data: line(added(of(counts, pool))),
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
      xAxis: [dayAxis(element, {gridIndex: 0, axisLabel: {show: false}}), dayAxis(element, {gridIndex: 1})],
      yAxis: [
        valueAxis('late runs', {gridIndex: 0, splitNumber: 3, ...axis}),
        valueAxis('oldest has waited, minutes', {gridIndex: 1, splitNumber: 3, ...axis}),
      ],
      series,
    };
  }

  const STATUS = [['online', 'online'], ['stale', 'stale'], ['offline', 'offline']];
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
      xAxis: grids.map((_, i) => dayAxis(element, {
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

  return {STATUS, READY, streaks, late, poolChart};
})();
