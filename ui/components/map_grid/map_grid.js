// One map, large enough to read its numbers; a click or an arrow key chooses one of them.

import { arrowStep, redrawing, stateOf } from "../elements.js";
import { drawGrid, outline, placeUnder } from "../grid.js";
import { largestOf, stays } from "../numbers.js";
import { readTheme, signScale } from "../theme.js";

const LARGEST_CELL = 46;

export default function ({ data, parentElement, setTriggerValue }) {
  const state = stateOf(parentElement);
  const canvas = state.find("canvas");
  const { values, title } = data;
  const [rows, columns] = [values.length, values[0].length];
  const theme = readTheme(parentElement);
  let chosen = data.chosen;
  let cell = 0;
  const draw = () => {
    const wide = state.find("figure").clientWidth || 400;
    cell = Math.max(3, Math.min(LARGEST_CELL, Math.floor(wide / columns)));
    const context = drawGrid(canvas, {
      values,
      cell,
      theme,
      tint: signScale(theme, largestOf(values)),
    });
    outline(context, theme, {
      left: chosen[1] * cell + 1,
      top: chosen[0] * cell + 1,
      width: cell - 3,
      height: cell - 3,
      thickness: 2.5,
    });
  };
  const choose = (row, column) => {
    chosen = [stays(row, rows - 1), stays(column, columns - 1)];
    draw(); // at once; the numbers follow
    setTriggerValue("clicked", chosen.join("."));
  };
  state.find("figcaption").textContent = title;
  canvas.ariaLabel = `${title}, ${rows} by ${columns} numbers. Arrow keys choose one.`;
  canvas.onclick = (event) => choose(...placeUnder(canvas, event, cell).map(Math.floor));
  canvas.onkeydown = (event) => {
    const step = arrowStep(event);
    if (step) choose(chosen[0] + step[0], chosen[1] + step[1]);
  };
  draw();
  return redrawing(state, "figure", draw);
}
