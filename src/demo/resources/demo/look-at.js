// Run in a page by its test: what is wrong with how it looks, one thing a line.
(async () => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const problems = [];
  const require = (fact, otherwise) => fact || problems.push(otherwise);
  const name = element => `${element.querySelector('h2, h3')?.textContent ?? ''} (${element.className || element.tagName})`;
  const root = document.documentElement;

  require(root.scrollWidth <= innerWidth, `is ${root.scrollWidth} wide, of ${innerWidth}`);
  for (const box of document.querySelectorAll('.card, section, header, .tile, .mini')) {
    require(box.scrollWidth <= box.clientWidth + 1, `${name(box)} is too wide`);
    require(box.scrollHeight <= box.clientHeight + 1, `${name(box)} is too high`);
    require(box.textContent.trim() !== '', `${name(box)} is empty`);
  }

  // What has a colour of its own in a chart is data; axes and limits have these.
  const resolved = value => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = value;
    const color = getComputedStyle(probe).color;
    probe.remove();
    return color;
  };
  const around = new Set(['none', 'rgba(0, 0, 0, 0)',
    ...['grid', 'line', 'faint', 'soft', 'alarm', 'outage', 'card'].map(tone => resolved(`var(--${tone})`))]);
  for (const chart of document.querySelectorAll('.chart')) {
    const where = name(chart.closest('.card, .mini, section') ?? chart);
    const drawn = [...chart.querySelectorAll('svg path, svg rect, svg circle, svg polyline')].filter(shape => {
      const {fill, stroke} = getComputedStyle(shape);
      const box = shape.getBBox();
      return shape.closest('defs') === null && (!around.has(fill) && box.width > 0 && box.height > 0
        || !around.has(stroke) && (box.width > 0 || box.height > 0));
    });
    require(drawn.length > 0, `${where} draws nothing`);
    if (chart.closest('#tiles') && !chart.closest('.score')) {
      const {series, yAxis: [axis]} = echarts.getInstanceByDom(chart).getOption();
      const values = series.filter(one => one.type === 'line' && !one.stack).flatMap(one => one.data.map(([, value]) => value));
      const most = Math.max(0, ...values);
      require(!values.every(value => value === null || value === 0 || value === 1) || !most || axis.max === 1,
        `${where} is of 0 and 1 and ends at ${axis.max}`);
      require(!most || axis.max <= 3.5 * most, `${where} ends at ${axis.max} and shows up to ${most}`);
      const shares = [...chart.querySelectorAll('svg text')].map(text => text.textContent).filter(text => /^[\d.]+\u00a0%$/.test(text));
      require(shares.every(text => parseFloat(text) <= 100), `${where} has shares of more than 100 %`);
    }
    const labels = [...chart.querySelectorAll('svg text')].map(text => [text.textContent, text.getBoundingClientRect()])
      .filter(([text]) => /^\d\d:\d\d$/.test(text));
    const rows = Map.groupBy(labels, ([, box]) => Math.round(box.top));
    for (const row of rows.values()) {
      row.sort(([, one], [, other]) => one.left - other.left);
      require(row.every(([, box], i) => i === 0 || box.left >= row[i - 1][1].right + 4), `${where} has times on each other`);
    }
    const minutes = text => text.split(':').reduce((hours, rest) => 60 * hours + Number(rest));
    for (const row of rows.values()) {
      const hourly = row.every(([text], i) => i === 0 || (1440 + minutes(text) - minutes(row[i - 1][0])) % 1440 >= 60);
      require(!hourly || row.every(([text]) => text.endsWith(':00')), `${where} has times that are not whole hours of UTC`);
    }
    const spark = chart.closest('.score');
    require(spark || !labels.length || labels.length > 1, `${where} has a time axis with one label`);
  }

  const light = value => value.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) > 384;
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  require(light(getComputedStyle(document.body).backgroundColor) !== dark, 'has the other background');
  require(light(getComputedStyle(document.body).color) === dark, 'has the other colour of text');
  require(document.querySelectorAll('#pages a').length === 5, 'has not five links');
  return problems.join('\n');
})()
