// The network as a row of blocks: every map small, one value chosen with a click.

const mounted = new WeakMap();
const GAP = 3; // pixels between two maps
const WIDE = 170; // about the width of a block's mosaic

const decode = (text) => new Int8Array(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer);

// (channels, height, width), whatever the layer: a flat one is a square of single numbers.
function asMaps(shape) {
  if (shape.length === 3) return shape;
  return shape.length === 2 ? [shape[0], 1, shape[1]] : [shape[0], 1, 1];
}

function layOut([channels, height, width]) {
  const across = Math.min(channels, Math.max(1, Math.ceil(Math.sqrt((channels * (height + 1)) / (width + 1)))));
  const gap = height * width === 1 ? 1 : GAP;
  const cell = Math.max(2, Math.min(4 + 8 / width, Math.floor((WIDE - (across - 1) * gap) / (across * width))));
  return { across, gap, cell: channels === 1 ? 4 : Math.round(cell), down: Math.ceil(channels / across) };
}

function shownLayer(state, block) {
  const chosen = block.layers.find(({ number }) => number === state.data.chosen.number);
  return block.layers.find(({ kind }) => kind === state.part) ?? (state.part ? block.layers.at(-1) : chosen ?? block.layers.at(-1));
}

function drawMosaic(state, canvas, layer) {
  const [channels, height, width] = asMaps(layer.shape);
  const { across, gap, cell, down } = layOut([channels, height, width]);
  const [stepX, stepY] = [width * cell + gap, height * cell + gap];
  const context = sizeCanvas(canvas, across * stepX - gap, down * stepY - gap);
  const tint = layer.number < 0 ? inkScale(state.theme, -127, 127) : signScale(state.theme, 127);
  const colours = Array.from({ length: 256 }, (_, place) => css(tint(place - 128)));
  const corner = (channel) => [(channel % across) * stepX, Math.floor(channel / across) * stepY];
  for (let channel = 0; channel < channels; channel += 1) {
    const [left, top] = corner(channel);
    for (let at = 0; at < height * width; at += 1) {
      context.fillStyle = colours[layer.values[channel * height * width + at] + 128];
      context.fillRect(left + (at % width) * cell, top + Math.floor(at / width) * cell, cell, cell);
    }
    if (layer.off.includes(channel)) crossOut(context, left, top, width * cell, height * cell, state.theme);
  }
  const mark = (left, top, wide, high, thickness) =>
    outline(context, { left, top, width: wide, height: high, color: state.theme.window, halo: state.theme.paper, thickness });
  if (layer.number === state.data.chosen.number) {
    const [channel, row, column] = asPlace(layer.shape, state.data.chosen.index);
    const [left, top] = corner(channel);
    if (height * width > 1) mark(left - 1, top - 1, width * cell + 2, height * cell + 2, 1.5);
    mark(left + column * cell, top + row * cell, cell, cell, 2);
  }
  if (layer.number < 0 && state.data.region) {
    const [[top, bottom], [left, right]] = state.data.region;
    mark(left * cell, top * cell, (right - left + 1) * cell, (bottom - top + 1) * cell, 2);
  }
  return { corner, across, stepX, stepY, cell, shape: [channels, height, width] };
}

function crossOut(context, left, top, width, height, theme) {
  context.strokeStyle = css(theme.ink, 0.6);
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(left, top);
  context.lineTo(left + width, top + height);
  context.moveTo(left + width, top);
  context.lineTo(left, top + height);
  context.stroke();
}

const asPlace = (shape, index) =>
  shape.length === 3 ? index : shape.length === 2 ? [index[0], 0, index[1]] : [index[0], 0, 0];

const asIndex = (shape, [channel, row, column]) =>
  shape.length === 3 ? [channel, row, column] : shape.length === 2 ? [channel, column] : [channel];

function placeUnder(event, canvas, { across, stepX, stepY, cell, shape: [channels, height, width] }) {
  const box = canvas.getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  const channel = Math.floor(y / stepY) * across + Math.min(Math.floor(x / stepX), across - 1);
  if (channel < 0 || channel >= channels) return null;
  const column = Math.min(Math.floor((x % stepX) / cell), width - 1);
  return [channel, Math.min(Math.floor((y % stepY) / cell), height - 1), column];
}

function nameOf(layer, index) {
  const axes = { 1: ["number"], 2: ["map", "place"], 3: ["map", "row", "column"] }[index.length];
  return `${layer.title}: ${index.map((at, axis) => `${axes[axis]} ${at}`).join(", ")}`;
}

function choose(state, number, index) {
  state.data.chosen = { number, index };
  show(state); // at once; the numbers follow
  state.send("clicked", [number, ...index].join("."));
}

function mosaic(state, layer) {
  const canvas = document.createElement("canvas");
  const layout = drawMosaic(state, canvas, layer);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${layer.title}: ${layout.shape[0]} maps of ${layout.shape[1]} by ${layout.shape[2]}`);
  if (layer.number < 0) return canvas;
  canvas.tabIndex = 0;
  const flat = (place) => layer.values[(place[0] * layout.shape[1] + place[1]) * layout.shape[2] + place[2]];
  canvas.onpointermove = (event) => {
    const place = placeUnder(event, canvas, layout);
    if (place) state.find(".place").textContent =
      `${nameOf(layer, asIndex(layer.shape, place))}, about ${shortened((flat(place) / 127) * layer.largest, 2)}`;
  };
  canvas.onpointerleave = () => sayWhere(state);
  canvas.onclick = (event) => {
    const place = placeUnder(event, canvas, layout);
    if (place) choose(state, layer.number, asIndex(layer.shape, place));
  };
  canvas.onkeydown = (event) => {
    const move = { ArrowUp: [0, -1, 0], ArrowDown: [0, 1, 0], ArrowLeft: [0, 0, -1], ArrowRight: [0, 0, 1], PageUp: [-1, 0, 0], PageDown: [1, 0, 0] }[event.key];
    if (!move) return;
    event.preventDefault();
    const from = layer.number === state.data.chosen.number ? asPlace(layer.shape, state.data.chosen.index) : [0, 0, 0];
    choose(state, layer.number, asIndex(layer.shape, from.map((at, axis) => stays(at + move[axis], layout.shape[axis] - 1))));
    state.find(`[data-block="${canvas.closest("figure").dataset.block}"] canvas`).focus();
  };
  return canvas;
}

function bars(state, layer) {
  const box = document.createElement("div");
  box.className = "bars";
  const shares = layer.shares ?? [...layer.values].map((value) => Math.max(0, value) / 127);
  const best = layer.shares ? shares.indexOf(Math.max(...shares)) : -1;
  layer.texts.forEach((text, place) => {
    const button = document.createElement("button");
    button.type = "button";
    const chosen = layer.number === state.data.chosen.number && state.data.chosen.index[0] === place;
    button.setAttribute("aria-pressed", String(chosen));
    button.className = place === best ? "best" : "";
    button.innerHTML = `<span>${layer.names[place]}</span><i style="width: ${100 * (shares[place] ?? 0)}%"></i><em>${text}</em>`;
    button.setAttribute("aria-label", `${layer.title}, output ${layer.names[place]}: ${text}`);
    button.onclick = () => choose(state, layer.number, [place]);
    box.append(button);
  });
  return box;
}

function sayWhere(state) {
  const { chosen, blocks } = state.data;
  const layer = blocks.flatMap(({ layers }) => layers).find(({ number }) => number === chosen.number);
  state.find(".place").textContent = layer ? `Chosen: ${nameOf(layer, chosen.index)}` : "";
}

function show(state) {
  const parts = ["", ...state.data.parts];
  state.find(".parts").replaceChildren(
    ...(parts.length > 2 ? parts : []).map((kind) => {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.textContent = kind ? `After ${state.data.names[kind]}` : "As chosen";
      button.setAttribute("aria-pressed", String(state.part === kind));
      button.onclick = () => {
        state.part = kind;
        show(state);
      };
      return button;
    }),
  );
  state.find(".row").replaceChildren(
    ...state.data.blocks.map((block, place) => {
      const figure = document.createElement("figure");
      figure.dataset.block = place;
      const layer = shownLayer(state, block);
      const caption = document.createElement("figcaption");
      caption.innerHTML = `<b>${block.size}</b>${[layer.title, ...block.lines].map((line) => `<span>${line}</span>`).join("")}`;
      figure.append(layer.texts ? bars(state, layer) : mosaic(state, layer), caption);
      return figure;
    }),
  );
  sayWhere(state);
}

export default function ({ data: sent, parentElement, setTriggerValue }) {
  let state = mounted.get(parentElement);
  if (!state) {
    state = { find: (selector) => parentElement.querySelector(selector), part: "" };
    mounted.set(parentElement, state);
  }
  const blocks = sent.blocks.map((block) => ({
    ...block,
    layers: block.layers.map((layer) => ({ ...layer, values: decode(layer.values) })),
  }));
  const focused = state.find("figure canvas:focus")?.closest("figure").dataset.block;
  Object.assign(state, { data: { ...sent, blocks }, send: setTriggerValue, theme: readTheme(parentElement) });
  show(state);
  if (focused !== undefined) state.find(`[data-block="${focused}"] canvas`)?.focus();
  return () => mounted.delete(parentElement);
}
