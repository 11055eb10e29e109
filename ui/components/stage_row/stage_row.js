// The network as a row of blocks: every map small, one value chosen with a click.

import { arrowStep, element, pressable, stateOf } from "../elements.js";
import { shortened, stays } from "../numbers.js";
import { readTheme } from "../theme.js";
import { asIndex, asPlace, drawMaps, valueUnder } from "./maps.js";

const AXES = [["number"], ["map", "place"], ["map", "row", "column"]];

const decode = (text) =>
  new Int8Array(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer);

function shownLayer({ part, data }, { layers }) {
  const ofPart = layers.find(({ kind }) => kind === part);
  const chosen = part ? undefined : layers.find(({ number }) => number === data.chosen.number);
  return ofPart ?? chosen ?? layers.at(-1);
}

const nameOf = (layer, index) =>
  `${layer.title}: ${index.map((at, axis) => `${AXES[index.length - 1][axis]} ${at}`).join(", ")}`;

function sayWhere({ data: { chosen, blocks }, find }) {
  const layers = blocks.flatMap((block) => block.layers);
  const layer = layers.find(({ number }) => number === chosen.number);
  find(".place").textContent = layer ? `Chosen: ${nameOf(layer, chosen.index)}` : "";
}

function choose(state, layer, index) {
  state.data.chosen = { number: layer.number, index };
  show(state); // at once; the numbers follow
  state.send("clicked", [layer.number, ...index].join("."));
}

function pointAt(state, layer, layout, place) {
  const [channel, row, column] = place;
  const coarse = layer.values[(channel * layout.height + row) * layout.width + column];
  const about = shortened((coarse / 127) * layer.largest, 2);
  state.find(".place").textContent =
    `${nameOf(layer, asIndex(layer.shape, place))}, about ${about}`;
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
  const { block } = event.target.closest("figure").dataset;
  choose(state, layer, asIndex(layer.shape, to));
  state.find(`[data-block="${block}"] canvas`).focus();
}

function makeMaps(state, layer) {
  const canvas = element("canvas", { role: "img" });
  const layout = drawMaps(canvas, layer, state.theme, state.data);
  canvas.ariaLabel = `${layer.title}: ${layout.channels} maps of ${layout.height} by ${layout.width}`;
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
  const best = layer.shares ? shares.indexOf(Math.max(...shares)) : -1;
  const buttons = layer.texts.map((text, place) => {
    const isChosen = layer.number === chosen.number && chosen.index[0] === place;
    const button = pressable("", isChosen, () => choose(state, layer, [place]));
    const bar = element("i");
    bar.style.width = `${100 * (shares[place] ?? 0)}%`;
    const name = element("span", { textContent: layer.names[place] });
    button.append(name, bar, element("em", { textContent: text }));
    button.className = place === best ? "best" : "";
    button.ariaLabel = `${layer.title}, output ${layer.names[place]}: ${text}`;
    return button;
  });
  return element("div", { className: "bars" }, ...buttons);
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

function show(state) {
  const { parts, names, blocks } = state.data;
  const buttons = ["", ...parts].map((kind) => {
    const button = pressable(
      kind ? `After ${names[kind]}` : "As chosen",
      state.part === kind,
      () => {
        state.part = kind;
        show(state);
      },
    );
    button.className = "control";
    return button;
  });
  state.find(".parts").replaceChildren(...(parts.length > 1 ? buttons : []));
  state
    .find(".row")
    .replaceChildren(...blocks.map((block, place) => makeBlock(state, block, place)));
  sayWhere(state);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const state = stateOf(parentElement);
  state.part ??= "";
  const blocks = data.blocks.map((block) => ({
    ...block,
    layers: block.layers.map((layer) => ({ ...layer, values: decode(layer.values) })),
  }));
  const focused = state.find("figure canvas:focus")?.closest("figure").dataset.block;
  const theme = readTheme(parentElement);
  Object.assign(state, { data: { ...data, blocks }, send: setTriggerValue, theme });
  show(state);
  if (focused !== undefined) state.find(`[data-block="${focused}"] canvas`)?.focus();
}
