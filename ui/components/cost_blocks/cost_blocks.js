// Blocks in steps: each as wide as its layer multiplies and as high as it has parameters.

import { element, fill, stateOf } from "../elements.js";
import { playFor, playOnce, replayButton, stopPlaying } from "../playing.js";
import { shape } from "../svg.js";

const SIDE = 300; // of the drawing, for the largest total
const SECONDS = 2.5;
const READABLE = 40; // a block narrower or lower than this carries no name

const total = (tower, quantity) => tower.blocks.reduce((sum, block) => sum + block[quantity], 0);

function makeBlocks(tower, largest) {
  let [x, y] = [0, SIDE];
  return tower.blocks.flatMap(({ name, num_macs, num_params }) => {
    const [width, height] = [
      (SIDE * num_macs) / largest.num_macs,
      (SIDE * num_params) / largest.num_params,
    ];
    y -= height;
    const block = shape("rect", { class: "block", x, y, width, height, rx: 3 });
    const middle = { x: x + width / 2, y: y + height / 2 + 6, class: "in-block", "font-size": 17 };
    x += width;
    return Math.min(width, height) < READABLE ? [block] : [block, shape("text", middle, name)];
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

function makeTower(tower, largest, slowest, words) {
  const drawing = shape("svg", {
    viewBox: `-2 -2 ${SIDE + 4} ${SIDE + 4}`,
    preserveAspectRatio: "xMinYMax meet",
    role: "img",
  });
  drawing.ariaLabel = fill(words.picture, { name: tower.name, lines: tower.lines.join(" ") });
  const ghost = shape("rect", { class: "ghost", x: 0, y: 0, width: SIDE, height: SIDE });
  drawing.append(ghost, ...makeBlocks(tower, largest));
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
  const most = (quantity) => Math.max(...towers.map((tower) => total(tower, quantity)));
  const largest = { num_macs: most("num_macs"), num_params: most("num_params") };
  const slowest = Math.max(...towers.map(({ seconds }) => seconds ?? 0));
  const box = state.find(".towers");
  box.replaceChildren(...towers.map((tower) => makeTower(tower, largest, slowest, words)));
  state.find(".axes").textContent = words.axes;
  const blocks = [...box.querySelectorAll(".block, .in-block")];
  const grow = (share) => {
    blocks.forEach((block, place) => {
      block.style.opacity = Math.min(Math.max(share * (blocks.length + 1) - place, 0), 1);
    });
  };
  const again = replayButton(words.again, () => playFor(state, SECONDS, grow));
  state.find(".again").replaceChildren(again);
  playOnce(state, SECONDS, grow);
  return () => stopPlaying(state);
}
