// Each layer's kernel as its places, one square for each: so many parts does the layer cost.

import { element, fill, stateOf } from "../elements.js";
import { playFor, playOnce, replayButton, stopPlaying } from "../playing.js";
import { shape } from "../svg.js";

const CELL = 40; // of the drawing, with what is left free beside it
const GAP = 3;
const BETWEEN = 24; // two kernels
const NAME_SIZE = 20;
const SECONDS = 2.5;

const wide = (tower) =>
  tower.kernel_sizes.reduce((sum, size) => sum + CELL * size + BETWEEN, -BETWEEN);

const high = (tower) => CELL * Math.max(...tower.kernel_sizes);

function makeKernels({ kernel_sizes }, height) {
  let left = 0;
  return kernel_sizes.flatMap((size) => {
    const start = left;
    const top = height - CELL * size;
    left += CELL * size + BETWEEN;
    const cells = Array.from({ length: size * size }, (_, place) =>
      shape("rect", {
        class: "cell",
        x: start + CELL * (place % size),
        y: top + CELL * Math.floor(place / size),
        width: CELL - GAP,
        height: CELL - GAP,
        rx: 3,
      }),
    );
    const below = { x: start + (CELL * size - GAP) / 2, y: height + 1.2 * NAME_SIZE };
    const name = `${size}×${size} = ${size * size}`;
    return [...cells, shape("text", { ...below, class: "parts", "font-size": NAME_SIZE }, name)];
  });
}

function makeTime({ seconds, took }, slowest, words) {
  if (seconds === null) return element("span", { className: "time", textContent: words.time });
  const bar = element("i");
  bar.style.width = `${(100 * seconds) / slowest}%`;
  return element(
    "span",
    { className: "time" },
    element("span", { className: "track" }, bar),
    element("span", { textContent: took }),
  );
}

function makeTower(tower, [width, height], slowest, words) {
  const drawing = shape("svg", {
    viewBox: `0 0 ${width} ${height + 1.6 * NAME_SIZE}`,
    preserveAspectRatio: "xMinYMax meet",
    role: "img",
  });
  drawing.ariaLabel = fill(words.picture, { name: tower.name, lines: tower.lines.join(" ") });
  drawing.append(...makeKernels(tower, height));
  return element(
    "figure",
    {},
    element("h2", { textContent: tower.name }),
    drawing,
    element(
      "figcaption",
      {},
      ...tower.lines.map((textContent) => element("span", { textContent })),
      makeTime(tower, slowest, words),
    ),
  );
}

export default function ({ data, parentElement }) {
  const state = stateOf(parentElement);
  const { towers, words } = data;
  const largest = [Math.max(...towers.map(wide)), Math.max(...towers.map(high))];
  const slowest = Math.max(...towers.map(({ seconds }) => seconds ?? 0));
  const box = state.find(".towers");
  box.replaceChildren(...towers.map((tower) => makeTower(tower, largest, slowest, words)));
  state.find(".one").textContent = words.one;
  const parts = [...box.querySelectorAll(".cell, .parts")];
  const grow = (share) => {
    parts.forEach((part, place) => {
      part.style.opacity = Math.min(Math.max(share * (parts.length + 1) - place, 0), 1);
    });
  };
  const again = replayButton(words.again, () => playFor(state, SECONDS, grow));
  state.find(".again").replaceChildren(again);
  playOnce(state, SECONDS, grow);
  return () => stopPlaying(state);
}
