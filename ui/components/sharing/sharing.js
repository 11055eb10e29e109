// Three ways to join a row of pixels to a row of outputs; lines of one colour carry one weight.

import { element, fill, stateOf } from "../elements.js";
import { playFor, playOnce, replayButton, stopPlaying } from "../playing.js";
import { shape } from "../svg.js";

const [WIDTH, HEIGHT, BOX] = [280, 150, 16];
const WEIGHTS_SHOWN = 6;
const PLAY_SECONDS = 6;
const NUM_COLORS = 8; // of ui/colours.css
const DASHES = ["none", "8 6", "0.5 5"]; // for eyes to which blue and violet are one

const place = (index, count) => ((index + 0.5) * WIDTH) / count;

// Few weights get a colour each; many get a wheel of hues, so that no two look alike nearby.
function colorOf(weight, count) {
  if (count <= NUM_COLORS) return `var(--series-${weight + 1})`;
  return `hsl(${(weight * 137.5) % 360} 62% 52%)`;
}

function makeLines(data, panel, choose) {
  const ends = ({ source, target }) => ({
    x1: place(source, data.inputs),
    y1: BOX,
    x2: place(target, data.outputs),
    y2: HEIGHT - BOX,
  });
  const wires = panel.lines.map((line) => {
    const wire = shape("line", { ...ends(line), class: "wire", "data-weight": line.weight });
    wire.style.stroke = colorOf(line.weight, panel.weights);
    if (panel.weights <= NUM_COLORS)
      wire.style.strokeDasharray = DASHES[line.weight % DASHES.length];
    return wire;
  });
  const touches = panel.lines.map((line) => {
    const touch = shape("line", { ...ends(line), class: "touch" });
    touch.onpointerenter = touch.onclick = () => choose(line.weight);
    touch.onpointerleave = () => choose(null);
    return touch;
  });
  return [...wires, ...touches];
}

const makeBoxes = (count, y) =>
  Array.from({ length: count }, (_, index) =>
    shape("rect", { x: place(index, count) - BOX / 2, y, width: BOX, height: BOX, rx: 3 }),
  );

function makePanel(data, panel, says) {
  const { words } = data;
  const counted = fill(words.caption, { weights: panel.weights, lines: panel.lines.length });
  const drawing = shape("svg", { viewBox: `0 -4 ${WIDTH} ${HEIGHT + 8}`, role: "img" });
  drawing.ariaLabel = fill(words.spoken, { name: panel.name, text: counted });
  const caption = element("figcaption", {}, element("b", { textContent: panel.name }), counted);
  const figure = element("figure", {}, caption, drawing);
  const choose = (weight) => {
    figure.classList.toggle("chosen", weight !== null);
    for (const wire of drawing.querySelectorAll(".wire")) {
      wire.classList.toggle("same", wire.dataset.weight === String(weight));
    }
    const used = panel.lines.filter((line) => line.weight === weight).length;
    const text = weight === null ? words.hint : used === 1 ? words.once : words.often;
    says.textContent = fill(text, { name: panel.name, times: used });
  };
  figure.choose = choose;
  drawing.append(
    ...makeLines(data, panel, choose),
    ...makeBoxes(data.inputs, 0),
    ...makeBoxes(data.outputs, HEIGHT - BOX),
  );
  if (panel.bill) figure.append(makeBill(panel.bill));
  return figure;
}

// What a layer costs in this way: a number, and a square as large as it, to one scale in all panels.
function makeBill({ count, unit, share }) {
  const square = element("i");
  square.style.setProperty("--share", share);
  const number = element("b", { textContent: count });
  return element("div", { className: "bill" }, square, element("p", {}, number, ` ${unit}`));
}

// One weight after the other lights up, in all three pictures.
function lightWeights(figures, panels, share) {
  const step = Math.floor(share * WEIGHTS_SHOWN);
  figures.forEach((figure, place) => {
    figure.choose(share < 1 ? step % panels[place].weights : null);
  });
}

export default function ({ data, parentElement }) {
  const state = stateOf(parentElement);
  const says = state.find(".says");
  const figures = data.panels.map((panel) => makePanel(data, panel, says));
  says.textContent = data.words.hint;
  state.find(".panels").replaceChildren(...figures);
  state.find(".sharing").classList.toggle("large", Boolean(data.replay));
  if (!data.replay) return;
  const draw = (share) => {
    lightWeights(figures, data.panels, share);
    if (share === 1) says.textContent = data.words.hint;
  };
  const again = replayButton(data.replay, () => playFor(state, PLAY_SECONDS, draw));
  state.find(".again").replaceChildren(again);
  playOnce(state, PLAY_SECONDS, draw);
  return () => stopPlaying(state);
}
