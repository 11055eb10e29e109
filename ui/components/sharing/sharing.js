// Three ways to join a row of pixels to a row of outputs; lines of one colour carry one weight.

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, BOX] = [280, 150, 16];

function shape(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

const place = (index, count) => ((index + 0.5) * WIDTH) / count;

// Few weights get the theme's colours; many get a wheel of hues, so that no two look alike nearby.
function colorOf(weight, count, palette) {
  return count <= palette.length ? palette[weight] : `hsl(${(weight * 137.5) % 360} 62% 52%)`;
}

function drawPanel(data, panel, palette, says) {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const name = Object.assign(document.createElement("b"), { textContent: panel.name });
  const count = Object.assign(document.createElement("strong"), { textContent: `${panel.weights} weights` });
  caption.append(name, count, ` on ${panel.lines.length} lines`);
  const drawing = shape("svg", { viewBox: `0 -4 ${WIDTH} ${HEIGHT + 8}`, role: "img" });
  drawing.setAttribute("aria-label", `${panel.name}: ${panel.weights} weights on ${panel.lines.length} lines`);
  const choose = (weight) => {
    figure.classList.toggle("chosen", weight !== null);
    drawing.querySelectorAll(".wire").forEach((wire) => wire.classList.toggle("same", wire.dataset.weight === String(weight)));
    const used = panel.lines.filter((line) => line.weight === weight).length;
    says.textContent = weight === null ? data.hint : `${panel.name}: this weight is used ${used === 1 ? "once, nowhere else" : `${used} times, at every position of the window`}.`;
  };
  for (const { source, target, weight } of panel.lines) {
    const ends = { x1: place(source, data.inputs), y1: BOX, x2: place(target, data.outputs), y2: HEIGHT - BOX };
    const wire = shape("line", { ...ends, class: "wire", stroke: colorOf(weight, panel.weights, palette) });
    wire.dataset.weight = weight;
    drawing.append(wire);
  }
  for (const { source, target, weight } of panel.lines) {
    const ends = { x1: place(source, data.inputs), y1: BOX, x2: place(target, data.outputs), y2: HEIGHT - BOX };
    const touch = shape("line", { ...ends, class: "touch" });
    touch.onpointerenter = touch.onclick = () => choose(weight);
    touch.onpointerleave = () => choose(null);
    drawing.append(touch);
  }
  for (const [row, length] of [[0, data.inputs], [HEIGHT - BOX, data.outputs]]) {
    for (let index = 0; index < length; index += 1) {
      drawing.append(shape("rect", { x: place(index, length) - BOX / 2, y: row, width: BOX, height: BOX, rx: 3 }));
    }
  }
  figure.append(caption, drawing);
  return figure;
}

export default function ({ data, parentElement }) {
  const style = getComputedStyle(parentElement.host ?? parentElement);
  const palette = ["primary", "orange", "green", "violet", "red", "yellow", "gray"].map((name) =>
    style.getPropertyValue(`--st-${name}-color`).trim(),
  );
  const says = parentElement.querySelector(".says");
  says.textContent = data.hint;
  parentElement.querySelector(".panels").replaceChildren(
    ...data.panels.map((panel) => drawPanel(data, panel, palette, says)),
  );
}
