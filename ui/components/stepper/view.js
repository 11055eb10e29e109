// What the stepper shows for one position: three grids, the beams between them, and the sum.

const FADED = 0.45; // pixels that no window reaches
const GHOST = 0.14; // outputs that are yet to come

const indexOf = (state, [row, column]) => row * state.data.output[0].length + column;

const shownPosition = (state) => state.hovered ?? state.position;

// Every pair that the window multiplies at an output position, in reading order.
function termsAt({ data }, [row, column]) {
  return data.kernel.flatMap((line, i) =>
    line.map((weight, j) => {
      const at = [row * data.stride + i * data.dilation, column * data.stride + j * data.dilation];
      const pixel = data.padded[at[0]][at[1]];
      return { at, pixel, weight, product: exact(pixel * weight) };
    }),
  );
}

function measure(state) {
  const { data, find } = state;
  const width = find(".stepper").clientWidth;
  const narrow = width < 640;
  const kernelWide = narrow ? Math.min(width, 190) : Math.min(210, width * 0.23);
  const stacked = narrow && data.paintable; // a finger needs room to paint
  find(".stage").classList.toggle("stacked", stacked);
  const across = stacked ? width : narrow ? (width - 12) / 2 : (width - kernelWide - 56) / 2;
  const most = Math.max(data.padded.length, data.padded[0].length, data.output.length, data.output[0].length);
  const size = data.kernel.length;
  state.narrow = narrow;
  state.cell = Math.max(2, Math.min(Math.floor(across / most), 52));
  state.kernelCell = Math.max(14, Math.min(Math.floor(kernelWide / size), narrow ? 40 : 52));
}

function drawInput(state) {
  const { data, theme, cell, find } = state;
  const [rows, columns, edge] = [data.padded.length, data.padded[0].length, data.padding];
  const context = drawGrid(find(".input canvas"), {
    values: data.padded, cell, theme, tint: inkScale(theme, data.low, data.high),
    alphaAt: (row, column) => (row >= rows - data.unreached[0] || column >= columns - data.unreached[1] ? FADED : 1),
    isFrame: (row, column) => row < edge || column < edge || row >= rows - edge || column >= columns - edge,
  });
  const halo = theme.paper;
  const taps = termsAt(state, shownPosition(state));
  const [first, last] = [taps[0].at, taps.at(-1).at];
  const pad = cell >= 9 ? 0.5 : 0;
  outline(context, {
    left: first[1] * cell - pad, top: first[0] * cell - pad, width: (last[1] - first[1] + 1) * cell,
    height: (last[0] - first[0] + 1) * cell, color: theme.window, halo,
    thickness: cell < 9 ? 1.5 : 2.5, dashed: data.dilation > 1,
  });
  taps.forEach(({ at }, tap) => {
    if (data.dilation === 1 && tap !== state.tap) return;
    outline(context, {
      left: at[1] * cell + 1, top: at[0] * cell + 1, width: cell - 2, height: cell - 2,
      color: theme.window, halo, thickness: tap === state.tap ? 3 : 1.2,
    });
  });
}

function drawKernel(state) {
  const { data, theme, kernelCell, find } = state;
  const context = drawGrid(find(".kernel canvas"), {
    values: data.kernel, cell: kernelCell, theme, tint: signScale(theme, largestOf(data.kernel)),
  });
  if (state.tap === null) return;
  const [row, column] = [Math.floor(state.tap / data.kernel.length), state.tap % data.kernel.length];
  outline(context, {
    left: column * kernelCell + 1, top: row * kernelCell + 1, width: kernelCell - 3, height: kernelCell - 3,
    color: theme.window, halo: theme.paper, thickness: 3,
  });
}

function drawOutput(state) {
  const { data, theme, cell, find } = state;
  const reached = indexOf(state, state.position);
  const shown = shownPosition(state);
  const context = drawGrid(find(".output canvas"), {
    values: data.output, cell, theme, tint: signScale(theme, largestOf(data.output)),
    alphaAt: (row, column) =>
      indexOf(state, [row, column]) <= reached || (row === shown[0] && column === shown[1]) ? 1 : GHOST,
  });
  outline(context, {
    left: shown[1] * cell, top: shown[0] * cell, width: cell - 1, height: cell - 1,
    color: theme.window, halo: theme.paper, thickness: cell < 9 ? 2 : 2.5,
  });
}

// Two beams of light: from the window to the kernel, from the kernel to the output number.
function drawBeams(state) {
  const { data, cell, find } = state;
  const [toKernel, toOutput] = find(".beams").children;
  if (state.narrow) {
    toKernel.removeAttribute("d");
    toOutput.removeAttribute("d");
    return;
  }
  const origin = find(".stage").getBoundingClientRect();
  const box = (selector) => {
    const { left, right, top, bottom } = find(`${selector} canvas`).getBoundingClientRect();
    return { left: left - origin.left, right: right - origin.left, top: top - origin.top, bottom: bottom - origin.top };
  };
  const [input, kernel, output] = [".input", ".kernel", ".output"].map(box);
  const taps = termsAt(state, shownPosition(state));
  const edge = input.left + (taps.at(-1).at[1] + 1) * cell;
  const [top, bottom] = [input.top + taps[0].at[0] * cell, input.top + (taps.at(-1).at[0] + 1) * cell];
  toKernel.setAttribute("d", `M${edge} ${top}L${kernel.left} ${kernel.top}V${kernel.bottom}L${edge} ${bottom}Z`);
  const [row, column] = shownPosition(state);
  const [x, y] = [output.left + column * cell, output.top + row * cell];
  toOutput.setAttribute("d", `M${kernel.right} ${kernel.top}L${x} ${y}V${y + cell}L${kernel.right} ${kernel.bottom}Z`);
}

function writeSum(state) {
  const { data, find } = state;
  const [row, column] = shownPosition(state);
  const terms = termsAt(state, [row, column]);
  const largest = Math.max(...terms.map(({ product }) => Math.abs(product)), 1e-9);
  const total = data.output[row][column];
  const box = find(".terms");
  box.style.gridTemplateColumns = `repeat(${data.kernel[0].length}, max-content)`;
  box.replaceChildren(
    ...terms.map(({ pixel, weight, product }, tap) => {
      const term = document.createElement("span");
      term.className = product === 0 ? "term nothing" : "term";
      term.style.setProperty("--tint", product < 0 ? "var(--st-orange-color)" : "var(--st-primary-color)");
      term.style.setProperty("--strength", `${Math.round((Math.abs(product) / largest) * 38)}%`);
      term.textContent = `${tap ? "+ " : ""}${factor(pixel)}·${factor(weight)}`;
      const value = document.createElement("small");
      value.textContent = ` = ${written(product)}`;
      term.append(value);
      term.onpointerenter = () => state.point(tap);
      term.onpointerleave = () => state.point(null);
      return term;
    }),
  );
  const products = exact(terms.reduce((sum, { product }) => sum + product, 0));
  const rows = [["Sum of the products", written(products)], ["+ bias", written(data.bias)]];
  find(".total").innerHTML =
    rows.map(([name, value]) => `<span>${name}</span><span>${value}</span>`).join("") +
    `<span class="rule"></span><span>= output</span><output>${written(total)}</output>`;
  find(".place").textContent =
    `Output [${row}, ${column}], number ${indexOf(state, [row, column]) + 1} of ` +
    `${data.output.length * data.output[0].length}. Under the window: rows ${terms[0].at[0]} to ` +
    `${terms.at(-1).at[0]} and columns ${terms[0].at[1]} to ${terms.at(-1).at[1]}` +
    (data.padding ? " of the padded input." : " of the input.");
}

function label(state) {
  const { data, find } = state;
  const [height, width] = [data.padded.length - 2 * data.padding, data.padded[0].length - 2 * data.padding];
  const frame = data.padding ? ` + padding ${data.padding} = ${data.padded.length}×${data.padded[0].length}` : "";
  const apart = data.dilation > 1 ? `, spans ${(data.kernel.length - 1) * data.dilation + 1}` : "";
  find(".input figcaption span").textContent = `${height}×${width}${frame}`;
  find(".kernel figcaption span").textContent = `${data.kernel.length}×${data.kernel[0].length}${apart}`;
  find(".output figcaption span").textContent = `${data.output.length}×${data.output[0].length}`;
  find(".input canvas").setAttribute("aria-label", `The input, ${height} by ${width} pixels${frame}`);
  find(".kernel canvas").setAttribute("aria-label", `The kernel: ${data.kernel.map((line) => line.map(written).join(" ")).join("; ")}`);
  find(".output canvas").setAttribute("aria-label", `The output, ${data.output.length} by ${data.output[0].length} numbers`);
}

function show(state) {
  drawInput(state);
  drawKernel(state);
  drawOutput(state);
  drawBeams(state);
  writeSum(state);
  const range = state.find("input[type=range]");
  range.value = indexOf(state, state.position);
  const [row, column] = state.position;
  range.setAttribute("aria-valuetext", `row ${row}, column ${column}: ${written(state.data.output[row][column])}`);
}
