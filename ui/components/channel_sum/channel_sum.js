// One position in all channels at once: every slice of the kernel gives a part, the parts add up.

const mounted = new WeakMap();

function element(tag, className, text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

function buildCard(channel) {
  const card = element("div", "card");
  const canvases = ["input", "slice", "part"].map((name) => element("canvas", name));
  const labels = [`Channel ${channel.name}`, `Slice of the kernel for ${channel.name}`, `Part from ${channel.name}`];
  canvases.forEach((canvas, index) => {
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", labels[index]);
  });
  card.append(
    element("b", "", channel.name), canvases[0], element("span", "sign", "∗"),
    canvases[1], element("span", "sign", "="), canvases[2], document.createElement("output"),
  );
  return card;
}

function drawChannel(state, card, channel) {
  const { data, theme, mapCell, sliceCell } = state;
  const [row, column] = state.position;
  const [input, slice, part] = card.querySelectorAll("canvas");
  const size = channel.kernel.length;
  const halo = theme.paper;
  const pen = { color: theme.window, halo, thickness: 1.5 };
  const tint = signScale(theme, data.largestInput);
  const over = drawGrid(input, { values: channel.input, cell: mapCell, theme, tint, numbers: false });
  const shift = data.padding;
  outline(over, {
    ...pen, left: (column * data.stride - shift) * mapCell, top: (row * data.stride - shift) * mapCell,
    width: size * mapCell, height: size * mapCell,
  });
  drawGrid(slice, { values: channel.kernel, cell: sliceCell, theme, tint: signScale(theme, data.largestWeight) });
  const under = drawGrid(part, {
    values: channel.part, cell: mapCell, theme, tint: signScale(theme, data.largestPart), numbers: false,
  });
  outline(under, { ...pen, left: column * mapCell, top: row * mapCell, width: mapCell, height: mapCell });
  card.querySelector("output").textContent = written(channel.part[row][column]);
}

function drawResult(state) {
  const { data, theme, find, resultCell } = state;
  const [row, column] = state.position;
  const tint = signScale(theme, largestOf(data.output));
  const context = drawGrid(find(".result canvas"), { values: data.output, cell: resultCell, theme, tint });
  outline(context, {
    left: column * resultCell, top: row * resultCell, width: resultCell - 1, height: resultCell - 1,
    color: theme.window, halo: theme.paper,
  });
  const parts = [...data.channels.map((channel) => channel.part[row][column]), data.bias];
  const largest = Math.max(...parts.map(Math.abs), 1e-9);
  const spans = parts.map((value, index) => {
    const span = element("span", "", index === parts.length - 1 ? `bias ${written(value)}` : written(value));
    span.style.setProperty("--tint", value < 0 ? "var(--st-orange-color)" : "var(--st-primary-color)");
    span.style.setProperty("--strength", `${Math.round((Math.abs(value) / largest) * 40)}%`);
    return span;
  });
  find(".equation").replaceChildren(
    ...spans.flatMap((span, index) => (index ? [" + ", span] : [span])),
    " = ", element("output", "", written(data.output[row][column])),
  );
}

function show(state) {
  const cards = state.find(".cards").children;
  state.data.channels.forEach((channel, index) => drawChannel(state, cards[index], channel));
  drawResult(state);
}

function measure(state) {
  const { data, find } = state;
  const width = find(".channels").clientWidth;
  const many = data.channels.length > 6;
  const perRow = width < 640 ? (many ? 4 : 2) : many ? 8 : data.channels.length;
  const side = Math.min(many ? 84 : 168, (width - perRow * 32) / perRow);
  const longest = Math.max(data.channels[0].input.length, data.output.length);
  state.mapCell = Math.max(2, Math.floor(side / longest));
  state.sliceCell = Math.min(34, Math.floor((side * 0.75) / data.channels[0].kernel.length));
  state.resultCell = Math.min(40, Math.max(2, Math.floor(Math.min(width, 280) / data.output.length)));
}

function moveTo(state, row, column) {
  const { output } = state.data;
  state.position = [stays(row, output.length - 1), stays(column, output[0].length - 1)];
  show(state);
}

function wire(state) {
  const { find, data } = state;
  const group = find(".channels");
  const follow = (event) => {
    const canvas = event.composedPath()[0];
    if (canvas.tagName !== "CANVAS" || canvas.matches(".slice")) return;
    const box = canvas.getBoundingClientRect();
    const cell = canvas.closest(".result") ? state.resultCell : state.mapCell;
    const place = [(event.clientY - box.top) / cell, (event.clientX - box.left) / cell];
    const reach = data.channels[0].kernel.length / 2 - data.padding;
    moveTo(state, ...place.map((at) => (canvas.matches(".input") ? Math.round((at - reach) / data.stride) : Math.floor(at))));
  };
  group.onpointermove = follow;
  group.onclick = follow;
  group.onkeydown = (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step) return;
    event.preventDefault();
    moveTo(state, state.position[0] + step[0], state.position[1] + step[1]);
  };
}

export default function ({ data, parentElement }) {
  let state = mounted.get(parentElement);
  if (!state) {
    state = { find: (selector) => parentElement.querySelector(selector) };
    mounted.set(parentElement, state);
    state.observer = new ResizeObserver(() => {
      measure(state);
      show(state);
    });
  }
  const before = state.data?.output;
  Object.assign(state, { data, theme: readTheme(parentElement) });
  if (!before || before.length !== data.output.length) state.position = data.position;
  state.find(".cards").replaceChildren(...data.channels.map(buildCard));
  wire(state);
  measure(state);
  show(state);
  state.observer.observe(state.find(".channels"));
  return () => {
    state.observer.disconnect();
    mounted.delete(parentElement);
  };
}
