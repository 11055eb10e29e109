// One map, large enough to read its numbers; a click or an arrow key chooses one of them.

const LARGEST_CELL = 46;

export default function ({ data, parentElement, setTriggerValue }) {
  const canvas = parentElement.querySelector("canvas");
  const [rows, columns] = [data.values.length, data.values[0].length];
  const theme = readTheme(parentElement);
  const draw = (chosen) => {
    const wide = parentElement.querySelector("figure").clientWidth || 400;
    const cell = Math.max(3, Math.min(LARGEST_CELL, Math.floor(wide / columns)));
    const context = drawGrid(canvas, { values: data.values, cell, theme, tint: signScale(theme, largestOf(data.values)) });
    outline(context, {
      left: chosen[1] * cell + 1, top: chosen[0] * cell + 1, width: cell - 3, height: cell - 3,
      color: theme.window, halo: theme.paper, thickness: 2.5,
    });
    return cell;
  };
  let chosen = data.chosen;
  let cell = draw(chosen);
  const choose = (row, column) => {
    chosen = [stays(row, rows - 1), stays(column, columns - 1)];
    cell = draw(chosen); // at once; the numbers follow
    setTriggerValue("clicked", chosen.join("."));
  };
  parentElement.querySelector("figcaption").textContent = data.title;
  canvas.setAttribute("aria-label", `${data.title}, ${rows} by ${columns} numbers. Arrow keys choose one.`);
  canvas.onclick = (event) => {
    const box = canvas.getBoundingClientRect();
    choose(Math.floor((event.clientY - box.top) / cell), Math.floor((event.clientX - box.left) / cell));
  };
  canvas.onkeydown = (event) => {
    const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!move) return;
    event.preventDefault();
    choose(chosen[0] + move[0], chosen[1] + move[1]);
  };
  const observer = new ResizeObserver(() => (cell = draw(chosen)));
  observer.observe(parentElement.querySelector("figure"));
  return () => observer.disconnect();
}
