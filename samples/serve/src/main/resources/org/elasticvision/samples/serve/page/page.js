import * as explanation from './explanation.js';

const $ = id => document.getElementById(id);

const LARGEST_SIDE = 1600; // pixels that are drawn; the server gets the file as it is
const SMALL_SIDE = 256; // below this, pixels are shown as squares
const PRESENT = 0.5; // a label is present above this
const BACKGROUND = 'background';
const QUERIES = { classification: 'top=5', multilabel: 'top=8&threshold=0', segmentation: 'mask=png' };
const STAGES = ['upload', 'queue', 'decode', 'preprocess', 'inference', 'postprocess', 'encode'];

let models = new Map();
let limits = { bodyBytes: Infinity };
let picture = null; // the file that was asked about last
let drawn = null; // { image, mask, rows }: what is on the canvas
let asking = null; // aborts the request under way
let answered = []; // the classes of the latest answer

function percent(part) {
  return (100 * part).toFixed(part > 0 && part < 0.1 ? 2 : 1) + ' %';
}

function milliseconds(time) {
  return (time < 10 ? time.toFixed(1) : Math.round(time)) + ' ms';
}

function megabytes(bytes) {
  return bytes >= 1 << 20 ? (bytes / (1 << 20)).toFixed(1) + ' MB' : (bytes / 1024).toFixed(1) + ' KB';
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function complain(text, retry = false) {
  $('message-text').textContent = text;
  $('message').hidden = false;
  $('again').hidden = !retry;
}

// The picture

function scaledCanvas(source, width, height) {
  const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.imageSmoothingEnabled = source instanceof ImageBitmap;
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function maskCanvas(url, image) {
  const mask = new Image();
  mask.src = url;
  await mask.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.imageSmoothingEnabled = false; // colours are classes: nothing in between
  pen.drawImage(mask, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// The mask without the classes that are switched off
function visibleMask(mask, rows) {
  const hidden = new Set(rows.filter(row => !row.shown).map(row => parseInt(row.color.slice(1), 16)));
  const copy = new OffscreenCanvas(mask.width, mask.height);
  const pixels = mask.getContext('2d').getImageData(0, 0, mask.width, mask.height);
  const levels = pixels.data;
  for (let at = 0; at < levels.length; at += 4) {
    if (hidden.has(levels[at] << 16 | levels[at + 1] << 8 | levels[at + 2])) levels[at + 3] = 0;
  }
  copy.getContext('2d').putImageData(pixels, 0, 0);
  return copy;
}

function draw() {
  const canvas = $('canvas');
  const { image, visible } = drawn;
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.classList.toggle('small', Math.max(image.width, image.height) < SMALL_SIDE);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  if (drawn.explained) {
    pen.drawImage(drawn.explained, 0, 0, image.width, image.height);
  } else if (visible) {
    pen.globalAlpha = $('opacity').value / 100;
    pen.drawImage(visible, 0, 0);
  }
}

function showMask() {
  drawn.visible = drawn.mask && visibleMask(drawn.mask, drawn.rows);
  draw();
}

function clearAnswer(headline) {
  answered = [];
  explanation.clear();
  $('headline').textContent = headline;
  $('classes').replaceChildren();
  $('present').hidden = true;
  $('timing').hidden = true;
  $('overlay').hidden = true;
}

async function show(file) {
  try {
    const bitmap = await createImageBitmap(file);
    drawn = { image: scaledCanvas(bitmap, bitmap.width, bitmap.height) };
    bitmap.close();
    $('hint').hidden = true;
    $('canvas').hidden = false;
    $('drop').classList.add('filled');
    draw();
  } catch { // no picture that this browser knows; the server says what is wrong with it
    drawn = null;
    $('canvas').hidden = true;
    $('hint').hidden = false;
    $('drop').classList.remove('filled');
  }
}

// The answer

function bar(part, marked) {
  const track = element('span', marked ? 'bar marked' : 'bar');
  const fill = element('span');
  fill.style.width = 100 * part + '%';
  track.append(fill);
  return track;
}

function classRow(row, part, task) {
  const item = element('li');
  const line = element(row.color ? 'button' : 'div', 'row');
  line.append(element('span', 'name', row.name), element('span', 'value', percent(part)), bar(part, task === 'multilabel'));
  line.classList.toggle('faint', task === 'multilabel' && part <= PRESENT);
  if (row.color) {
    row.shown = row.name !== BACKGROUND;
    line.type = 'button';
    line.title = 'Show or hide this class';
    line.style.setProperty('--color', row.color);
    line.setAttribute('aria-pressed', row.shown);
    line.addEventListener('click', () => {
      row.shown = !row.shown;
      line.setAttribute('aria-pressed', row.shown);
      if (drawn) showMask();
    });
  }
  item.append(line);
  return item;
}

function headline(answer, present) {
  const { task, classes } = answer;
  if (task === 'classification') return classes[0].name;
  if (task === 'multilabel') return present.length === 1 ? '1 label' : (present.length || 'No') + ' labels';
  const things = classes.filter(row => row.name !== BACKGROUND);
  return things.length === 0 ? 'Nothing but background' : things.map(row => row.name).join(', ');
}

async function present(answer, seen) {
  const { task, classes } = answer;
  const there = classes.filter(row => row.probability > PRESENT);
  $('headline').textContent = headline(answer, there);
  $('present').hidden = task !== 'multilabel';
  $('present').replaceChildren(...(there.length ? there.map(row => element('li', '', row.name))
    : [element('li', 'none', 'nothing above 50 %')]));
  $('classes').replaceChildren(...classes.map(row => classRow(row, row.probability ?? row.share, task)));
  timing(answer.timing, seen);
  answered = classes;
  $('overlay').hidden = task !== 'segmentation' || !drawn || explanation.isOpen();
  const own = drawn;
  if (own) {
    own.rows = classes;
    own.mask = answer.mask ? await maskCanvas(answer.mask, own.image) : null;
    if (drawn !== own) return; // another picture has come meanwhile
    showMask();
    $('canvas').setAttribute('aria-label', 'The picture: ' + $('headline').textContent);
  }
}

function timing(times, seen) {
  $('timing').hidden = false;
  $('total').textContent = `${milliseconds(times.total)} on the server, ${milliseconds(seen)} in all`;
  const stages = STAGES.filter(stage => stage in times);
  $('stages').replaceChildren(...stages.map(stage => {
    const part = element('span');
    part.style.flex = `${times[stage]} 0 0`;
    part.style.background = `var(--${stage})`;
    return part;
  }));
  $('stage-list').replaceChildren(...stages.map(stage => {
    const line = element('div');
    line.style.setProperty('--color', `var(--${stage})`);
    line.append(element('dt', '', stage), element('dd', '', milliseconds(times[stage])));
    return line;
  }));
}

async function ask() {
  const model = models.get($('model').value);
  if (!picture || !model) return;
  asking?.abort();
  const own = asking = new AbortController();
  $('message').hidden = true;
  if (picture.size > limits.bodyBytes) {
    clearAnswer('No answer');
    complain(`This file is larger than the ${megabytes(limits.bodyBytes)} that the server takes; `
      + 'choose a smaller one, or start the server with a larger --max-body.');
    return;
  }
  $('drop').classList.add('busy');
  const start = performance.now();
  try {
    const response = await fetchWithToken(`v1/models/${encodeURIComponent(model.name)}:predict?${QUERIES[model.task]}`, {
      method: 'POST',
      headers: { 'Content-Type': picture.type.startsWith('image/') ? picture.type : 'application/octet-stream' },
      body: picture,
      signal: own.signal,
    });
    const answer = await response.json();
    const seen = performance.now() - start;
    if (own.signal.aborted) return;
    if (response.ok) {
      await present(answer, seen);
    } else {
      clearAnswer('No answer');
      complain(sentence(answer.error), response.status === 503 || response.status === 504);
    }
  } catch (error) {
    if (own.signal.aborted) return;
    clearAnswer('No answer');
    complain('The server does not answer; see whether it is still running.', true);
  } finally {
    if (asking === own) $('drop').classList.remove('busy');
  }
}

// The explanation

async function explain(classIndex) {
  const model = models.get($('model').value);
  if (!picture || !model?.explain) return;
  asking?.abort();
  const own = asking = new AbortController();
  $('message').hidden = true;
  explanation.clear('Looking into the network …');
  $('drop').classList.add('busy');
  try {
    const query = classIndex === undefined ? '' : `?class=${classIndex}`;
    const response = await fetchWithToken(`v1/models/${encodeURIComponent(model.name)}:explain${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: picture,
      signal: own.signal,
    });
    const answer = await response.json();
    if (own.signal.aborted) return;
    if (!response.ok) {
      explanation.clear();
      complain(sentence(answer.error), response.status === 503 || response.status === 504);
      return;
    }
    const shown = explanation.show(answer, answered);
    if (!shown || !drawn) return;
    const over = new Image();
    over.src = shown;
    await over.decode();
    if (own.signal.aborted) return;
    drawn.explained = over;
    draw();
  } catch (error) {
    if (own.signal.aborted) return;
    explanation.clear();
    complain('The server does not answer; see whether it is still running.', true);
  } finally {
    if (asking === own) $('drop').classList.remove('busy');
  }
}

/** The answer, and what it comes from where that is looked at. */
async function askAll() {
  await ask();
  if (explanation.isOpen() && $('message').hidden) await explain();
}

function changeTab() {
  const open = explanation.isOpen();
  if (drawn) {
    drawn.explained = null;
    draw();
  }
  $('overlay').hidden = open || !drawn?.mask;
  if (open) explain();
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1) + '.';
}

async function take(file) {
  if (!file) return;
  asking?.abort();
  picture = file;
  await show(file);
  if (picture === file) await askAll();
}

// The models

function showFacts() {
  const model = models.get($('model').value);
  $('facts').textContent = `${model.task}, ${model.classes} classes · ${model.architecture}, ${model.precision}, `
    + `${model.width}×${model.height}`;
  explanation.offer(model.explain);
  const place = new URL(`v1/models/${encodeURIComponent(model.name)}:predict`, location.href);
  $('curl').textContent = `curl --data-binary @photo.jpg ${place}`;
}

/** Asks the server; where it wants a token, the person who is asked for it gives it once for this tab. */
async function fetchWithToken(path, options = {}) {
  const token = sessionStorage.getItem('token');
  const headers = { ...options.headers, ...(token && { Authorization: `Bearer ${token}` }) };
  const response = await fetch(path, { ...options, headers });
  if (response.status !== 401) return response;
  const given = window.prompt('This server wants a token:');
  if (!given) return response;
  sessionStorage.setItem('token', given.trim());
  return fetchWithToken(path, options);
}

async function loadModels() {
  try {
    const served = await (await fetchWithToken('v1/models')).json();
    limits = served.limits;
    models = new Map(served.models.map(model => [model.name, model]));
    $('model').replaceChildren(...served.models.map(model => new Option(model.name, model.name)));
    showFacts();
  } catch {
    complain('The server does not answer; see whether it is still running, then load this page again.');
  }
}

// Ways in

function dropped(event) {
  event.preventDefault();
  $('drop').classList.remove('over');
  const file = event.dataTransfer.files[0];
  if (file) {
    take(file);
  } else {
    complain('That was not a file; save the picture first and drop its file.');
  }
}

async function openCamera() {
  if (!navigator.mediaDevices?.getUserMedia) { // browsers give it to https and localhost only; phones have their own way
    $('capture').click();
    return;
  }
  try {
    $('video').srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    $('viewfinder').showModal();
  } catch (error) {
    complain(error.name === 'NotAllowedError'
      ? 'The camera is not allowed here; allow it in the browser, or choose a file.'
      : 'No camera was found; choose a file.');
  }
}

function closeCamera() {
  $('video').srcObject?.getTracks().forEach(track => track.stop());
  $('video').srcObject = null;
}

function shoot() {
  const video = $('video');
  const frame = document.createElement('canvas');
  frame.width = video.videoWidth;
  frame.height = video.videoHeight;
  if (frame.width === 0) return; // no frame has come yet
  frame.getContext('2d').drawImage(video, 0, 0);
  $('viewfinder').close();
  frame.toBlob(take, 'image/jpeg', 0.92);
}

document.addEventListener('dragover', event => {
  event.preventDefault();
  $('drop').classList.add('over');
});
document.addEventListener('dragleave', event => {
  if (!event.relatedTarget) $('drop').classList.remove('over');
});
document.addEventListener('drop', dropped);
document.addEventListener('paste', event => {
  const file = event.clipboardData.files[0];
  if (file) take(file);
});
$('choose').addEventListener('click', () => $('file').click());
for (const id of ['file', 'capture']) {
  $(id).addEventListener('change', event => {
    take(event.target.files[0]);
    event.target.value = ''; // so that the same file can be chosen again
  });
}
$('camera').addEventListener('click', openCamera);
$('shoot').addEventListener('click', shoot);
$('cancel').addEventListener('click', () => $('viewfinder').close());
$('viewfinder').addEventListener('close', closeCamera);
$('again').addEventListener('click', () => explanation.isOpen() && answered.length ? explain() : askAll());
$('model').addEventListener('change', () => {
  showFacts();
  if (drawn) {
    drawn.mask = drawn.visible = drawn.explained = null;
    draw();
  }
  askAll();
});
$('opacity').addEventListener('input', () => {
  $('opacity-value').textContent = $('opacity').value + ' %';
  if (drawn) draw();
});
explanation.listen(changeTab, explain);

loadModels();
