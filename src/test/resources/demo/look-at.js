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
      return (!around.has(fill) || !around.has(stroke)) && (box.width > 0 || box.height > 0)
        && shape.closest('defs') === null;
    });
    require(drawn.length > 0, `${where} draws nothing`);
    const labels = [...chart.querySelectorAll('svg text')].map(text => [text.textContent, text.getBoundingClientRect()])
      .filter(([text]) => /^\d\d:\d\d$/.test(text));
    const rows = Map.groupBy(labels, ([, box]) => Math.round(box.top));
    for (const row of rows.values()) {
      row.sort(([, one], [, other]) => one.left - other.left);
      require(row.every(([, box], i) => i === 0 || box.left >= row[i - 1][1].right + 4), `${where} has times on each other`);
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
