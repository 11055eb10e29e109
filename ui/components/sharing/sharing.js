// Three ways to join a row of pixels to a row of outputs; lines of one colour carry one weight.

import { element } from "../elements.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, BOX] = [280, 150, 16];
const PALETTE = ["primary", "orange", "green", "violet", "red", "yellow", "gray"];

function shape(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

const place = (index, count) => ((index + 0.5) * WIDTH) / count;

// Few weights get the theme's colours; many get a wheel of hues, so that no two look alike nearby.
function colorOf(weight, count) {
  if (count <= PALETTE.length) return `var(--st-${PALETTE[weight]}-color)`;
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
  const bill = `${panel.weights} weights`;
  const lines = ` on ${panel.lines.length} lines`;
  const drawing = shape("svg", { viewBox: `0 -4 ${WIDTH} ${HEIGHT + 8}`, role: "img" });
  drawing.ariaLabel = `${panel.name}: ${bill}${lines}`;
  const name = element("b", { textContent: panel.name });
  const caption = element("figcaption", {}, name, element("strong", { textContent: bill }), lines);
  const figure = element("figure", {}, caption, drawing);
  const choose = (weight) => {
    figure.classList.toggle("chosen", weight !== null);
    for (const wire of drawing.querySelectorAll(".wire")) {
      wire.classList.toggle("same", wire.dataset.weight === String(weight));
    }
    const used = panel.lines.filter((line) => line.weight === weight).length;
    const often =
      used === 1 ? "once, nowhere else" : `${used} times, at every position of the window`;
    says.textContent = weight === null ? data.hint : `${panel.name}: this weight is used ${often}.`;
  };
  drawing.append(
    ...makeLines(data, panel, choose),
    ...makeBoxes(data.inputs, 0),
    ...makeBoxes(data.outputs, HEIGHT - BOX),
  );
  return figure;
}

export default function ({ data, parentElement }) {
  const says = parentElement.querySelector(".says");
  says.textContent = data.hint;
  parentElement
    .querySelector(".panels")
    .replaceChildren(...data.panels.map((panel) => makePanel(data, panel, says)));
}
