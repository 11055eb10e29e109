// One map to paint on: cells that are brushed over are switched off, brushed again switched on.

const LARGEST_CELL = 40;

export default function ({ data, parentElement, setTriggerValue }) {
  const canvas = parentElement.querySelector("canvas");
  const [rows, columns] = [data.values.length, data.values[0].length];
  const theme = readTheme(parentElement);
  const off = new Set(data.off);
  let at = [0, 0]; // where the keyboard is
  let cell = 0;
  let erases = null; // what this stroke does, settled by its first cell

  const draw = () => {
    const wide = parentElement.querySelector("figure").clientWidth || 400;
    cell = Math.max(4, Math.min(LARGEST_CELL, Math.floor(wide / columns)));
    const isOff = (row, column) => off.has(row * columns + column);
    const context = drawGrid(canvas, {
      values: data.values, cell, theme, tint: signScale(theme, largestOf(data.values)), isFrame: isOff,
      alphaAt: (row, column) => (isOff(row, column) ? 0.2 : 1),
    });
    if (parentElement.contains(document.activeElement) || canvas.matches(":focus-visible")) outline(context, {
      left: at[1] * cell + 1, top: at[0] * cell + 1, width: cell - 3, height: cell - 3,
      color: theme.window, halo: theme.paper,
    });
  };
  const cellUnderPen = (event) => {
    const box = canvas.getBoundingClientRect();
    return [
      stays(Math.floor((event.clientY - box.top) / cell), rows - 1),
      stays(Math.floor((event.clientX - box.left) / cell), columns - 1),
    ];
  };
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
      brush([0, 1].map((axis) => Math.round(from[axis] + ((to[axis] - from[axis]) * step) / steps)));
    }
  };
  const send = () => {
    erases = null;
    setTriggerValue("painted", [...off].sort((one, other) => one - other));
  };

  parentElement.querySelector("figcaption").textContent = data.title;
  canvas.setAttribute("aria-label",
    `${data.title}, ${rows} by ${columns} values, ${off.size} switched off. Arrow keys move, space switches one.`);
  canvas.onpointerdown = (event) => {
    canvas.setPointerCapture(event.pointerId);
    at = cellUnderPen(event);
    brush(at);
    draw();
  };
  canvas.onpointermove = (event) => {
    if (erases === null) return;
    const to = cellUnderPen(event);
    brushLine(at, to);
    at = to;
    draw();
  };
  canvas.onpointerup = () => erases !== null && send();
  canvas.onpointercancel = () => erases !== null && send();
  canvas.onkeydown = (event) => {
    const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!move && event.key !== " ") return;
    event.preventDefault();
    if (move) {
      at = [stays(at[0] + move[0], rows - 1), stays(at[1] + move[1], columns - 1)];
    } else {
      brush(at);
      send();
    }
    draw();
  };
  canvas.onfocus = draw;
  canvas.onblur = draw;
  draw();
  const observer = new ResizeObserver(draw);
  observer.observe(parentElement.querySelector("figure"));
  return () => observer.disconnect();
}
