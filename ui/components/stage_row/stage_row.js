// The network as a row of blocks: every map small, one value chosen with a click.

import { isOlder, report } from "../answers.js";
import { arrowStep, element, fill, pressable, redrawing, stateOf } from "../elements.js";
import { shortened, stays } from "../numbers.js";
import { readTheme } from "../theme.js";
import { asIndex, asPlace, drawMaps, narrowest, valueUnder } from "./maps.js";

const BARS_WIDTH = 160;
const BETWEEN_BLOCKS = 20; // pixels
const NARROWEST = 105; // what a block's words need
const WIDEST = 300;
const MOST_OF_SCREEN = 0.62; // that the row may take and leave room for what explains a value

const decode = (text) =>
  new Int8Array(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer);

function shownLayer({ part, data }, { layers }) {
  const ofPart = layers.find(({ kind }) => kind === part);
  const chosen = part ? undefined : layers.find(({ number }) => number === data.chosen.number);
  return ofPart ?? chosen ?? layers.at(-1);
}

// Places are counted from 1; an output of a flat layer keeps its number, which is a digit's.
function nameOf({ data: { words } }, { title }, index) {
  const [map, row, column] = index.map((at) => (index.length > 1 ? at + 1 : at));
  return fill(words.places[index.length - 1], { layer: title, map, row, column });
}

// Whether a value that was chosen is one of this network.
const isThere = (blocks, { number, index }) =>
  blocks
    .flatMap(({ layers }) => layers)
    .some((layer) => layer.number === number && isWithin(layer.shape, index));

const isWithin = (shape, index) =>
  shape.length === index.length && index.every((at, axis) => at < shape[axis]);

function sayWhere(state) {
  const { chosen, blocks, words } = state.data;
  const layers = blocks.flatMap((block) => block.layers);
  const layer = layers.find(({ number }) => number === chosen.number);
  const place = layer ? nameOf(state, layer, chosen.index) : "";
  state.find(".place").textContent = place && fill(words.now, { place });
}

// What is clicked and what explains it belong on one screen; a row that fills it stays where it is.
function makeRoomBelow(state) {
  const network = state.find(".network");
  const { bottom, height } = network.getBoundingClientRect();
  const room = MOST_OF_SCREEN * window.innerHeight;
  if (bottom <= room || height > room) return;
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.scrollIntoView({ block: "start", behavior: isCalm ? "auto" : "smooth" });
}

function choose(state, layer, index) {
  state.data.chosen = { number: layer.number, index };
  show(state); // at once; the numbers follow
  makeRoomBelow(state);
  report(state, state.send, "clicked", [layer.number, ...index].join("."));
}

function pointAt(state, layer, layout, place) {
  const [channel, row, column] = place;
  const coarse = layer.values[(channel * layout.height + row) * layout.width + column];
  const about = shortened((coarse / 127) * layer.largest, 2);
  state.find(".place").textContent = fill(state.data.words.about, {
    place: nameOf(state, layer, asIndex(layer.shape, place)),
    value: about,
  });
}

function stepOf(event) {
  const page = { PageUp: -1, PageDown: 1 }[event.key];
  if (page) event.preventDefault();
  const step = arrowStep(event);
  return page ? [page, 0, 0] : step && [0, ...step];
}

function walk(state, layer, layout, event) {
  const step = stepOf(event);
  if (!step) return;
  const { chosen } = state.data;
  const from = layer.number === chosen.number ? asPlace(chosen.index) : [0, 0, 0];
  const sides = [layout.channels, layout.height, layout.width];
  const to = from.map((at, axis) => stays(at + step[axis], sides[axis] - 1));
  choose(state, layer, asIndex(layer.shape, to));
}

// How many blocks stand side by side: all if they can, else half of them, a third, ...
function perRow(state) {
  const room = state.find(".row").clientWidth;
  const layers = state.data.blocks.map((block) => shownLayer(state, block));
  const widths = layers.map((layer) =>
    layer.texts ? BARS_WIDTH : Math.max(NARROWEST, narrowest(layer)),
  );
  const needed = (row) => row.reduce((sum, width) => sum + width + BETWEEN_BLOCKS, 0);
  for (let rows = 1; rows < widths.length; rows += 1) {
    const count = Math.ceil(widths.length / rows);
    const columns = Array.from({ length: count }, (_, column) =>
      Math.max(...widths.filter((_, place) => place % count === column)),
    );
    if (needed(columns) - BETWEEN_BLOCKS <= room) return count;
  }
  return 1;
}

// What one picture may take: as much as all others, and of a single row the bars what they need.
function mapsWidth(state) {
  const count = perRow(state);
  const room = state.find(".row").clientWidth;
  const isSingle = count === state.data.blocks.length && count > 1;
  const share = isSingle ? (room - BARS_WIDTH) / (count - 1) : room / count;
  return stays(share - BETWEEN_BLOCKS, WIDEST) || WIDEST;
}

function makeMaps(state, layer) {
  const canvas = element("canvas", { role: "img" });
  const layout = drawMaps(canvas, layer, state.theme, state.data, mapsWidth(state));
  const { channels, height, width } = layout;
  canvas.ariaLabel = fill(state.data.words.maps, { layer: layer.title, channels, height, width });
  if (layer.number < 0) return canvas;
  canvas.tabIndex = 0;
  canvas.onpointermove = (event) => {
    const place = valueUnder(canvas, event, layout);
    if (place) pointAt(state, layer, layout, place);
  };
  canvas.onpointerleave = () => sayWhere(state);
  canvas.onclick = (event) => {
    const place = valueUnder(canvas, event, layout);
    if (place) choose(state, layer, asIndex(layer.shape, place));
  };
  canvas.onkeydown = (event) => walk(state, layer, layout, event);
  return canvas;
}

function makeBars(state, layer) {
  const { chosen } = state.data;
  const shares = layer.shares ?? [...layer.values].map((value) => Math.max(0, value) / 127);
  const best = layer.best ?? -1;
  const own = layer.number === chosen.number ? chosen.index[0] : -1;
  const current = own >= 0 ? own : Math.max(best, 0); // one stop for Tab; arrow keys walk on from there
  const buttons = layer.texts.map((text, place) => {
    const isChosen = own === place;
    const button = pressable("", isChosen, () => choose(state, layer, [place]));
    const bar = element("i");
    bar.style.width = `${100 * (shares[place] ?? 0)}%`;
    const name = element("span", { textContent: layer.names[place] });
    button.append(name, bar, element("em", { textContent: text }));
    button.className = place === best ? "best" : "";
    const values = { layer: layer.title, output: layer.names[place], value: text };
    button.ariaLabel = fill(state.data.words.output, values);
    button.tabIndex = place === current ? 0 : -1;
    return button;
  });
  const bars = element("div", { className: "bars" }, ...buttons);
  bars.onkeydown = (event) => {
    const step = arrowStep(event);
    const at = buttons.indexOf(event.target);
    if (step && at >= 0) buttons[stays(at + step[0] + step[1], buttons.length - 1)].focus();
  };
  return bars;
}

function makeBlock(state, block, place) {
  const layer = shownLayer(state, block);
  const lines = [layer.title, ...block.lines].map((textContent) =>
    element("span", { textContent }),
  );
  const figure = element(
    "figure",
    {},
    layer.texts ? makeBars(state, layer) : makeMaps(state, layer),
    element("figcaption", {}, element("b", { textContent: block.size }), ...lines),
  );
  figure.dataset.block = place;
  return figure;
}

// What the keyboard is at: the block, and which of its elements that take the focus.
function focusOf(state) {
  const figure = state.find("figure :focus")?.closest("figure");
  if (!figure) return null;
  return [figure.dataset.block, focusable(figure).findIndex((one) => one.matches(":focus"))];
}

const focusable = (figure) => (figure ? [...figure.querySelectorAll("canvas, button")] : []);

function focusAgain(state, [block, place]) {
  const figure = state.find(`[data-block="${block}"]`);
  focusable(figure)[place]?.focus({ preventScroll: true });
}

function show(state) {
  const focused = focusOf(state);
  const { parts, names, blocks, words } = state.data;
  const choice = state.find(".parts");
  choice.hidden = parts.length < 2;
  choice.replaceChildren(
    ...["", ...parts].map((kind) => {
      const textContent = kind ? fill(words.after, { part: names[kind] }) : words.chosen;
      return element("option", { value: kind, textContent, selected: kind === state.part });
    }),
  );
  choice.ariaLabel = words.parts;
  choice.onchange = () => {
    state.part = choice.value;
    show(state);
  };
  const row = state.find(".row");
  const count = perRow(state);
  row.style.gridTemplateColumns = count > 2 ? `repeat(${count}, auto)` : "";
  row.replaceChildren(...blocks.map((block, place) => makeBlock(state, block, place)));
  if (focused) focusAgain(state, focused);
  sayWhere(state);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const state = stateOf(parentElement);
  state.part ??= "";
  const blocks = data.blocks.map((block) => ({
    ...block,
    layers: block.layers.map((layer) => ({ ...layer, values: decode(layer.values) })),
  }));
  const theme = readTheme(parentElement);
  const isSince = isOlder(state, data, "clicked") && isThere(blocks, state.data.chosen);
  const { chosen } = isSince ? state.data : data;
  Object.assign(state, { data: { ...data, blocks, chosen }, send: setTriggerValue, theme });
  show(state);
  let before = mapsWidth(state);
  return redrawing(state, ".network", () => {
    if (mapsWidth(state) === before) return;
    before = mapsWidth(state);
    show(state);
  });
}
