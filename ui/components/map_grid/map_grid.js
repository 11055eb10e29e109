// One map, large enough to read its numbers. A click or an arrow key chooses one of them; or, where
// some may be off, a brush switches them off, and on when it began on one that was off.

import { isOlder, report } from "../answers.js";
import { arrowStep, fill, hearOnePointer, redrawing, stateOf } from "../elements.js";
import { drawGrid, outline, placeUnder } from "../grid.js";
import { largestOf, stays } from "../numbers.js";
import { readTheme, signScale } from "../theme.js";

const LARGEST_CELL = 44;

const toIndex = ({ values }, [row, column]) => row * values[0].length + column;

function onMap({ values }, [row, column]) {
  return [stays(row, values.length - 1), stays(column, values[0].length - 1)];
}

function draw(state) {
  const { find, values, off, theme, at } = state;
  const canvas = find("canvas");
  const wide = find("figure").clientWidth || 400;
  const cell = Math.max(4, Math.min(LARGEST_CELL, Math.floor(wide / values[0].length)));
  const isOff = (row, column) => off?.has(toIndex(state, [row, column]));
  state.cell = cell;
  const context = drawGrid(canvas, {
    values,
    cell,
    theme,
    tint: signScale(theme, largestOf(values)),
    isFrame: isOff,
    alphaAt: (row, column) => (isOff(row, column) ? 0.2 : 1),
  });
  if (off !== null && !canvas.matches(":focus-visible")) return; // a brush needs no mark
  const [top, left] = at.map((place) => place * cell + 1);
  outline(context, theme, { left, top, width: cell - 3, height: cell - 3, thickness: 2.5 });
}

function moveTo(state, place) {
  state.at = onMap(state, place);
  draw(state);
}

function wireChoice(state, canvas, under, send) {
  const choose = (place) => {
    moveTo(state, place); // at once; the numbers follow
    report(state, send, "clicked", state.at.join("."));
  };
  canvas.onclick = (event) => choose(under(event));
  canvas.onkeydown = (event) => {
    const step = arrowStep(event);
    if (step) choose([state.at[0] + step[0], state.at[1] + step[1]]);
  };
}

function brush(state, place) {
  const index = toIndex(state, place);
  state.erases ??= !state.off.has(index); // settled by the stroke's first cell
  if (state.erases) state.off.add(index);
  else state.off.delete(index);
}

// A fast pen skips cells between two events: brush the line between them.
function brushTo(state, to) {
  const from = state.erases === null ? to : state.at;
  const steps = Math.max(1, Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
  for (let step = 0; step <= steps; step += 1) {
    const place = from.map((start, axis) => start + ((to[axis] - start) * step) / steps);
    brush(state, place.map(Math.round));
  }
  moveTo(state, to);
}

function wireBrush(state, canvas, under, send) {
  const lift = () => {
    if (state.erases === null) return;
    state.erases = null;
    const off = [...state.off].sort((one, other) => one - other);
    report(state, send, "painted", off);
  };
  hearOnePointer(canvas);
  canvas.onpointerdown = (event) => {
    canvas.setPointerCapture(event.pointerId);
    brushTo(state, under(event));
  };
  canvas.onpointermove = (event) => {
    if (state.erases !== null) brushTo(state, under(event));
  };
  canvas.onpointerup = canvas.onpointercancel = lift;
  canvas.onkeydown = (event) => {
    const step = arrowStep(event);
    if (step) moveTo(state, [state.at[0] + step[0], state.at[1] + step[1]]);
    if (event.key !== " ") return;
    event.preventDefault();
    brushTo(state, state.at);
    lift();
  };
}

// What is sent, but for what the visitor is at, or has done since, on the same map.
function adopt(state, data) {
  const { title, values, chosen } = data;
  const isSameMap = title === state.title && values.length === state.values.length;
  const isBrushed = isSameMap && (state.erases !== null || isOlder(state, data, "painted"));
  const isWalked = isSameMap && isOlder(state, data, "clicked");
  const off = data.off ? new Set(data.off) : null;
  Object.assign(state, { title, values });
  if (!isBrushed) Object.assign(state, { off, erases: null });
  state.at = onMap(state, (isWalked ? null : chosen) ?? state.at ?? [0, 0]);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const state = stateOf(parentElement);
  adopt(state, data);
  state.theme = readTheme(parentElement);
  const { title, values, off } = state;
  const canvas = state.find("canvas");
  const sizes = { title, height: values.length, width: values[0].length };
  state.find("figcaption").textContent = title;
  canvas.ariaLabel = off
    ? fill(data.words.paint, { ...sizes, off: off.size })
    : fill(data.words.choose, sizes);
  canvas.classList.toggle("paintable", off !== null);
  const redraw = () => draw(state);
  canvas.onfocus = canvas.onblur = redraw;
  const under = (event) => onMap(state, placeUnder(canvas, event, state.cell).map(Math.floor));
  (off ? wireBrush : wireChoice)(state, canvas, under, setTriggerValue);
  draw(state);
  return redrawing(state, "figure", redraw);
}
