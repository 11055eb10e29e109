// A pen that paints straight onto the input's pixels; the map follows while it moves.

import { isOlder, report } from "../answers.js";
import { hearOnePointer } from "../elements.js";
import { placeUnder } from "../grid.js";
import { exact, stays } from "../numbers.js";
import { onOutput, reportSoon, setPlaying, settleAt, windowAround } from "./moving.js";
import { show, termsAt } from "./view.js";

const PEN_RADIUS = 1.35; // pixels of the picture; MNIST's strokes are about 2.5 wide

function paintAt({ data, rubbing }, [y, x]) {
  const last = data.padded.length - data.padding - 1;
  for (let row = data.padding; row <= last; row += 1) {
    for (let column = data.padding; column <= last; column += 1) {
      const distance = Math.hypot(row + 0.5 - y, column + 0.5 - x);
      const ink = stays(PEN_RADIUS + 0.5 - distance, 1);
      const before = data.padded[row][column];
      const after = rubbing ? Math.min(before, 1 - ink) : Math.max(before, ink);
      data.padded[row][column] = Number(after.toFixed(2));
    }
  }
}

// A fast pen skips pixels between two events: paint the line between them.
function paintLine(state, from, to) {
  const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) * 2));
  for (let step = 0; step <= steps; step += 1) {
    paintAt(
      state,
      from.map((start, axis) => start + ((to[axis] - start) * step) / steps),
    );
  }
}

// The same sum as the one written out below the picture, for every position.
function sumUp(state) {
  const { data } = state;
  const sumAt = (row, column) =>
    exact(termsAt(state, [row, column]).reduce((sum, { product }) => sum + product, data.bias));
  data.output = data.output.map((line, row) => line.map((_, column) => sumAt(row, column)));
}

function refresh(state) {
  sumUp(state);
  showHint(state);
  show(state);
}

const pixelsOf = ({ padded, padding }) => {
  const inner = (line) => line.slice(padding, line.length - padding);
  return inner(padded).map(inner);
};

// Into data that were made before: what the pen has painted since, under the kernel that is sent.
export function keepPainted(state, before) {
  const { data } = state;
  if (!data.paintable || !before?.paintable) {
    state.painting = null;
    return;
  }
  if (!state.painting && !isOlder(state, data, "drawing")) return;
  pixelsOf(before).forEach((line, row) => {
    data.padded[row + data.padding].splice(data.padding, line.length, ...line);
  });
  sumUp(state);
}

function showHint({ data, find }) {
  const isBlank = data.padded.flat().every((value) => value === 0);
  find(".hint").hidden = !data.paintable || !isBlank;
}

const send = (state) => report(state, state.send, "drawing", pixelsOf(state.data));

function wireButtons(state) {
  const pens = { ".pen": false, ".rubber": true };
  const choose = (rubbing) => {
    state.rubbing = rubbing;
    for (const [selector, rubs] of Object.entries(pens)) {
      state.find(selector).ariaPressed = String(rubs === rubbing);
    }
  };
  for (const [selector, rubs] of Object.entries(pens)) {
    state.find(selector).onclick = () => choose(rubs);
  }
  choose(Boolean(state.rubbing));
  state.find(".clear").onclick = () => {
    state.data.padded = state.data.padded.map((row) => row.map(() => 0));
    refresh(state);
    send(state);
  };
}

function strokeTo(state, place) {
  if (state.painting) paintLine(state, state.painting, place);
  else paintAt(state, place);
  state.painting = place;
  state.hovered = windowAround(state, place);
  refresh(state);
}

// Have the pointer paint on the input instead of moving the window.
export function wirePainting(state) {
  const canvas = state.find(".input canvas");
  const { paintable } = state.data;
  showHint(state);
  state.find(".pens").hidden = !paintable;
  state.find(".board").classList.toggle("painting", paintable);
  canvas.onpointerdown = canvas.onpointerup = canvas.onpointercancel = null;
  if (!paintable) return;
  hearOnePointer(canvas);
  wireButtons(state);
  const under = (event) => placeUnder(canvas, event, state.cell);
  const point = canvas.onpointermove;
  canvas.onclick = null;
  canvas.onpointerdown = (event) => {
    setPlaying(state, false);
    canvas.setPointerCapture(event.pointerId);
    settleAt(state, onOutput(state, [Infinity, Infinity]));
    strokeTo(state, under(event));
  };
  canvas.onpointermove = (event) => {
    if (state.painting) strokeTo(state, under(event));
    else point(event);
  };
  canvas.onpointerup = canvas.onpointercancel = () => {
    if (!state.painting) return;
    state.painting = null;
    send(state);
    reportSoon(state);
  };
}
