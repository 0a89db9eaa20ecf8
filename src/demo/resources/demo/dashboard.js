'use strict';
// Lays a dashboard out from the data in the page: {title, from, to, subject, preview, filters,
// blocks, leftOut}. A block is a section's header, a text, or a row of panels.
(() => {
  const {data, byId, make, keyed, clock, day, show} = page;

  /** As much of Markdown as the dashboards' texts have; the text itself is never taken as HTML. */
  function markdown(text) {
    const box = make('div', {className: 'text'});
    const inline = (parent, line) => {
      for (const part of line.split(/(\*\*[^*]+\*\*|\*[^*]+\*|\[[^\]]+\]\([^)]+\))/)) {
        const link = part.match(/^\[(.+)\]\((https:.+)\)$/);
        if (link) parent.append(make('a', {href: link[2], textContent: link[1]}));
        else if (part.startsWith('**')) parent.append(make('b', {textContent: part.slice(2, -2)}));
        else if (part.startsWith('*')) parent.append(make('em', {textContent: part.slice(1, -1)}));
        else parent.append(part);
      }
    };
    let list = null;
    for (const line of text.split('\n').filter(Boolean)) {
      if (line.startsWith('- ')) {
        list ??= box.appendChild(make('ul'));
        inline(list.appendChild(make('li')), line.slice(2));
      } else {
        list = null;
        inline(box.appendChild(make('p')), line);
      }
    }
    return box;
  }

  // ---- panels -----------------------------------------------------------------------------

  function draw(card, options) {
    show(card.appendChild(make('div', {className: 'chart'})), options);
  }

  function state(panel, value) {
    const crossed = panel.limits.filter(limit =>
      limit.direction === 'ABOVE' ? value >= limit.value : value <= limit.value);
    if (crossed.some(limit => limit.color === 'RED')) return 'ALARM';
    if (crossed.length) return 'WARNING';
    return panel.limits.length ? 'OK' : '';
  }

  function scorecard(card, panel) {
    const {points} = panel.lines[0];
    const value = points.at(-1)[1];
    const status = state(panel, value);
    if (status) card.classList.add(status);
    const score = card.appendChild(make('div', {className: 'score'}));
    score.append(make('b', {textContent: panels.worded(panel, value)}));
    if (points.length > 1) draw(score, element => panels.spark(panel, element));
  }

  function table(card, panel) {
    const keys = Object.keys(panel.lines[0].labels).sort().reverse();
    const rows = card.appendChild(make('table'));
    rows.append(make('tr', {}, ...[...keys, 'value'].map(key => make('th', {textContent: key, title: key}))));
    const most = Math.max(...panel.lines.map(line => line.points.at(-1)[1])) || 1;
    for (const line of panel.lines) {
      const value = line.points.at(-1)[1];
      const bar = make('i');
      bar.style.width = `${100 * value / most}%`;
      rows.append(make('tr', {},
        ...keys.map(key => make('td', {textContent: line.labels[key], title: line.labels[key]})),
        make('td', {className: 'value'}, make('div', {}, bar, make('span', {textContent: panels.worded(panel, value)})))));
    }
  }

  function chart(card, panel) {
    draw(card, element => panels.chart(panel, element));
    // Lines of a stack that are 0 all the time would only fill the legend.
    const seen = panel.lines.filter(line => !panel.stacked || line.points.some(([, value]) => value));
    if (panel.lines.length > 1) {
      card.append(make('div', {className: 'legend'}, ...seen.map(line => keyed(line.name, line.tone))));
    }
  }

  function heatMap(card, panel) {
    draw(card, element => panels.heatMap(panel, element));
    const legend = panels.heatShades(panel).map(shade => keyed(shade.label, shade.tone));
    card.append(make('div', {className: 'legend'}, 'How many: ', ...legend));
  }

  const KINDS = {
    TEXT: (card, panel) => card.append(markdown(panel.text)),
    SCORECARD: scorecard,
    TIME_SERIES_TABLE: table,
    XY_CHART: (card, panel) => (panel.plot === 'HEATMAP' ? heatMap : chart)(card, panel),
  };

  function tile(panel) {
    const card = make('div', {className: 'card'}, make('h3', {}, make('span', {textContent: panel.title, title: panel.title})));
    const far = panel.kind === 'XY_CHART' ? panels.farLimits(panel) : [];
    if (far.length) {
      card.firstChild.append(make('small', {textContent: `↑ ${far.map(limit => limit.label).join(', ')}`,
        title: 'The line is far above all values and not drawn.'}));
    }
    KINDS[panel.kind](card, panel);
    const place = make('div', {className: `tile ${panel.kind}`}, card);
    place.style.setProperty('--width', panel.width);
    place.style.setProperty('--height', panel.height);
    return place;
  }

  const BLOCKS = {
    header: block => make('div', {className: 'section'},
      make('h2', {textContent: block.title}), make('p', {textContent: block.text})),
    text: block => markdown(block.text),
    meanings: block => make('details', {}, make('summary', {textContent: 'What these panels mean'}), markdown(block.text)),
    row: block => make('div', {className: 'row'}, ...block.panels.map(tile)),
  };

  byId('tiles').append(...data.blocks.map(block => BLOCKS[block.block](block)));
  if (data.leftOut.length) {
    byId('tiles').append(make('div', {className: 'left-out'}, make('p', {textContent: 'Not on this page:'}),
      make('ul', {}, ...data.leftOut.map(text => make('li', {textContent: text})))));
  }
  document.title = `${data.title}: ${data.subject}`;
  byId('title').textContent = data.title;
  const hours = Math.round((data.to - data.from) / page.HOUR);
  byId('range').append(make('b', {textContent: data.subject}),
    `, ${hours} hours to ${day(data.to)}, ${clock(data.to)} UTC`);
  byId('preview').textContent = data.preview;
  page.start();
})();
