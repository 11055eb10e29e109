// One map to paint on: cells that are brushed over are switched off, brushed again switched on.

import { arrowStep, redrawing, stateOf } from "../elements.js";
import { drawGrid, outline, placeUnder } from "../grid.js";
import { largestOf, stays } from "../numbers.js";
import { readTheme, signScale } from "../theme.js";

const LARGEST_CELL = 40;

export default function ({ data, parentElement, setTriggerValue }) {
  const state = stateOf(parentElement);
  const canvas = state.find("canvas");
  const { values, title } = data;
  const [rows, columns] = [values.length, values[0].length];
  const theme = readTheme(parentElement);
  const off = new Set(data.off);
  let at = [0, 0]; // where the keyboard is
  let cell = 0;
  let erases = null; // what this stroke does, settled by its first cell

  const draw = () => {
    const wide = state.find("figure").clientWidth || 400;
    cell = Math.max(4, Math.min(LARGEST_CELL, Math.floor(wide / columns)));
    const isOff = (row, column) => off.has(row * columns + column);
    const context = drawGrid(canvas, {
      values,
      cell,
      theme,
      tint: signScale(theme, largestOf(values)),
      isFrame: isOff,
      alphaAt: (row, column) => (isOff(row, column) ? 0.2 : 1),
    });
    if (canvas.matches(":focus-visible")) {
      const [top, left] = at.map((place) => place * cell + 1);
      outline(context, theme, { left, top, width: cell - 3, height: cell - 3 });
    }
  };
  const inside = ([row, column]) => [stays(row, rows - 1), stays(column, columns - 1)];
  const cellUnder = (event) => inside(placeUnder(canvas, event, cell).map(Math.floor));
  const brush = ([row, column]) => {
    const place = row * columns + column;
    erases ??= !off.has(place);
    if (erases) off.add(place);
    else off.delete(place);
  };
  // A fast pen skips cells between two events: brush the line between them.
  const brushLine = (from, to) => {
    const steps = Math.max(1, Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
    for (let step = 0; step <= steps; step += 1) {
      brush(from.map((start, axis) => Math.round(start + ((to[axis] - start) * step) / steps)));
    }
  };
  const send = () => {
    erases = null;
    setTriggerValue(
      "painted",
      [...off].sort((one, other) => one - other),
    );
  };

  state.find("figcaption").textContent = title;
  canvas.ariaLabel =
    `${title}, ${rows} by ${columns} values, ${off.size} switched off. ` +
    "Arrow keys move, space switches one.";
  canvas.onpointerdown = (event) => {
    canvas.setPointerCapture(event.pointerId);
    at = cellUnder(event);
    brush(at);
    draw();
  };
  canvas.onpointermove = (event) => {
    if (erases === null) return;
    const to = cellUnder(event);
    brushLine(at, to);
    at = to;
    draw();
  };
  canvas.onpointerup = canvas.onpointercancel = () => erases !== null && send();
  canvas.onkeydown = (event) => {
    const step = arrowStep(event);
    if (step) {
      at = inside([at[0] + step[0], at[1] + step[1]]);
    } else if (event.key === " ") {
      event.preventDefault();
      brush(at);
      send();
    }
    draw();
  };
  canvas.onfocus = canvas.onblur = draw;
  draw();
  return redrawing(state, "figure", draw);
}
