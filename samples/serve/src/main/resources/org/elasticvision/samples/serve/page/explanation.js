// The tab that shows what an answer comes from

const $ = id => document.getElementById(id);

const UNCERTAIN = 'Bright where the network is undecided between classes, dark where it is certain';

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function signed(score) {
  return (score < 0 ? '−' : '+') + Math.abs(score).toFixed(3);
}

/** Whether the tab is chosen. */
export function isOpen() {
  return $('explanation-tab').getAttribute('aria-selected') === 'true';
}

function choose(explanation) {
  for (const [tab, panel, chosen] of [['answer-tab', 'answer-panel', !explanation], ['explanation-tab', 'explanation-panel', explanation]]) {
    $(tab).setAttribute('aria-selected', chosen);
    $(tab).tabIndex = chosen ? 0 : -1;
    $(panel).hidden = !chosen;
  }
}

/** Calls back when another tab is chosen, and when another class is to be explained, with its index. */
export function listen(onTab, onClass) {
  const tabs = [$('answer-tab'), $('explanation-tab')];
  tabs.forEach((tab, at) => {
    tab.addEventListener('click', () => {
      if (tab.getAttribute('aria-selected') === 'true') return;
      choose(at === 1);
      onTab();
    });
    tab.addEventListener('keydown', event => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      tabs[1 - at].focus();
      tabs[1 - at].click();
    });
  });
  $('map-class').addEventListener('change', () => onClass(Number($('map-class').value)));
}

/** Shows the tabs for a model that can be explained; for another the answer alone. */
export function offer(canExplain) {
  $('tabs').hidden = !canExplain;
  if (!canExplain) choose(false);
}

/** Empties the tab, and says what goes on. */
export function clear(text = '') {
  $('explaining').textContent = text;
  for (const part of ['map', 'uncertainty', 'policy']) $(part).hidden = true;
  $('notes').replaceChildren();
}

function showPolicy(blocks) {
  const largest = Math.max(...blocks.map(block => Math.abs(block.score)), Number.MIN_VALUE);
  $('bars').replaceChildren(...blocks.map(block => {
    const bar = element('span', block.score > 0 ? 'high' : 'low');
    bar.style.setProperty('--length', Math.abs(block.score) / largest);
    bar.title = `${block.block}, ${block.width}×${block.height}: high ${block.high.toFixed(3)}, low ${block.low.toFixed(3)}, score ${signed(block.score)}`;
    return bar;
  }));
  const high = blocks.filter(block => block.score > 0).length;
  $('bars').setAttribute('aria-label', `${high} of ${blocks.length} blocks respond more strongly at the high resolution`);
  $('policy').hidden = false;
}

/** The classes that can be chosen: those with a map, then the answer's others. */
function showClasses(maps, classes) {
  const shown = maps[0];
  const all = new Map([...maps, ...classes].map(row => [row.index, row.name]));
  $('map-class').replaceChildren(...[...all].map(([index, name]) => new Option(name, index, index === shown.index, index === shown.index)));
  $('map').hidden = false;
}

/**
 * Shows an explanation.
 *
 * @param answer what the server says
 * @param classes of the answer before it, which may be chosen too
 * @return the picture to draw, a data URL; null where there is none
 */
export function show(answer, classes) {
  clear();
  const maps = answer.activation_maps ?? [];
  if (maps.length) showClasses(maps, classes);
  if (answer.uncertainty) {
    $('uncertainty').textContent = `${UNCERTAIN}: ${(100 * answer.uncertainty.mean).toFixed(1)} % on average.`;
    $('uncertainty').hidden = false;
  }
  if (answer.scale_policy) showPolicy(answer.scale_policy);
  const nothing = !maps.length && !answer.uncertainty && answer.task === 'multilabel' && !answer.notes.some(note => note.includes('activation'));
  const notes = nothing ? ['No label was found that could be explained.', ...answer.notes] : answer.notes;
  $('notes').replaceChildren(...notes.map(note => element('li', '', note.charAt(0).toUpperCase() + note.slice(1) + (note.endsWith('.') ? '' : '.'))));
  return maps[0]?.picture ?? answer.uncertainty?.picture ?? null;
}
