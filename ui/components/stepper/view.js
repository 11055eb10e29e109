// What the stepper shows for one position: three grids, the beams between them, and the sum.

import { element, fill } from "../elements.js";
import { drawGrid, outline } from "../grid.js";
import { exact, factor, largestOf, written } from "../numbers.js";
import { inkScale, signScale, tintBySign } from "../theme.js";

const FADED = 0.45; // pixels that no window reaches
const HIGHEST = 0.4; // share of the window's height
const BETWEEN = 28; // pixels between input, kernel and output
const PRODUCT_WIDTH = 100; // of one written product, at most
const BESIDE_CELL = 32; // of a kernel above its products
const SMALLEST_CELL = 8; // of a digit that is looked at
const MNIST_SIDE = 28;
const GHOST = 0.14; // outputs that are yet to come

export const sizeOf = (values) => [values.length, values[0].length];

export const indexOf = (state, [row, column]) => row * state.data.output[0].length + column;

const shownPosition = (state) => state.hovered ?? state.position;

// Every pair that the window multiplies at an output position, in reading order.
export function termsAt({ data }, [row, column]) {
  return data.kernel.flatMap((line, i) =>
    line.map((weight, j) => {
      const at = [row * data.stride + i * data.dilation, column * data.stride + j * data.dilation];
      const pixel = data.padded[at[0]][at[1]];
      return { at, pixel, weight, product: exact(pixel * weight) };
    }),
  );
}

export function measure(state) {
  const { data, find } = state;
  const width = find(".stepper").clientWidth;
  const narrow = width < 640;
  // Its products stand below the kernel where they leave room for the pictures, else below all.
  const products = data.kernel.length * PRODUCT_WIDTH;
  const beside = !narrow && width - products - 2 * BETWEEN >= 2 * SMALLEST_CELL * MNIST_SIDE;
  find(".stepper").classList.toggle("beside", beside);
  const middle = beside ? products : Math.min(210, width * 0.23);
  find(".stepper").style.setProperty("--middle", `${middle}px`);
  const kernelWide = narrow ? Math.min(width, 190) : beside ? 3 * BESIDE_CELL : middle;
  const stacked = narrow && data.paintable; // a finger needs room to paint
  find(".stage").classList.toggle("stacked", stacked);
  const across = stacked ? width : narrow ? (width - 12) / 2 : (width - middle - 2 * BETWEEN) / 2;
  const most = Math.max(...sizeOf(data.padded), ...sizeOf(data.output));
  const kernelCell = Math.min(Math.floor(kernelWide / data.kernel.length), narrow ? 40 : 52);
  state.narrow = narrow;
  // Not so high that the sum would lie below the fold.
  const high = narrow ? across : Math.max(SMALLEST_CELL * most, HIGHEST * innerHeight);
  state.cell = Math.max(2, Math.min(Math.floor(Math.min(across, high) / most), 52));
  state.kernelCell = Math.max(14, kernelCell);
}

export function drawInput(state) {
  const { data, theme, cell, find } = state;
  const [rows, columns] = sizeOf(data.padded);
  const [lostRows, lostColumns] = data.unreached;
  const edge = data.padding;
  const context = drawGrid(find(".input canvas"), {
    values: data.padded,
    cell,
    theme,
    numbers: !data.large,
    tint: inkScale(theme, data.low, data.high),
    alphaAt: (row, column) =>
      row >= rows - lostRows || column >= columns - lostColumns ? FADED : 1,
    isFrame: (row, column) =>
      row < edge || column < edge || row >= rows - edge || column >= columns - edge,
  });
  const taps = termsAt(state, shownPosition(state));
  const [first, last] = [taps[0].at, taps.at(-1).at];
  const pad = cell >= 9 ? 0.5 : 0;
  outline(context, theme, {
    left: first[1] * cell - pad,
    top: first[0] * cell - pad,
    width: (last[1] - first[1] + 1) * cell,
    height: (last[0] - first[0] + 1) * cell,
    thickness: cell < 9 ? 1.5 : 2.5,
    dashed: data.dilation > 1,
  });
  taps.forEach(({ at: [row, column] }, tap) => {
    if (data.dilation === 1 && tap !== state.tap) return;
    const thickness = tap === state.tap ? 3 : 1.2;
    const [left, top] = [column * cell + 1, row * cell + 1];
    outline(context, theme, { left, top, width: cell - 2, height: cell - 2, thickness });
  });
}

export function drawKernel(state) {
  const { data, theme, kernelCell: cell, find } = state;
  const tint = signScale(theme, largestOf(data.kernel));
  const context = drawGrid(find(".kernel canvas"), { values: data.kernel, cell, theme, tint });
  if (state.tap === null) return;
  const columns = data.kernel[0].length;
  outline(context, theme, {
    left: (state.tap % columns) * cell + 1,
    top: Math.floor(state.tap / columns) * cell + 1,
    width: cell - 3,
    height: cell - 3,
    thickness: 3,
  });
}

function drawOutput(state) {
  const { data, theme, cell, find } = state;
  const reached = indexOf(state, state.position);
  const [shownRow, shownColumn] = shownPosition(state);
  const context = drawGrid(find(".output canvas"), {
    values: data.output,
    cell,
    theme,
    numbers: !data.large,
    tint: signScale(theme, largestOf(data.output)),
    alphaAt: (row, column) => {
      const isShown = row === shownRow && column === shownColumn;
      return isShown || state.isWhole || indexOf(state, [row, column]) <= reached ? 1 : GHOST;
    },
  });
  outline(context, theme, {
    left: shownColumn * cell,
    top: shownRow * cell,
    width: cell - 1,
    height: cell - 1,
    thickness: cell < 9 ? 2 : 2.5,
  });
}

// Two beams of light: from the window to the kernel, from the kernel to the output number.
function drawBeams(state) {
  const { cell, find } = state;
  const [toKernel, toOutput] = find(".beams").children;
  if (state.narrow) {
    toKernel.removeAttribute("d");
    toOutput.removeAttribute("d");
    return;
  }
  const origin = find(".beams").getBoundingClientRect();
  const [input, kernel, output] = [".input", ".kernel", ".output"].map((selector) => {
    const canvas = find(`${selector} canvas`);
    const box = canvas.getBoundingClientRect();
    const zoom = box.width / canvas.offsetWidth;
    const [x, y] = [(box.x - origin.x) / zoom, (box.y - origin.y) / zoom];
    return new DOMRect(x, y, box.width / zoom, box.height / zoom);
  });
  const beam = (x1, top1, bottom1, x2, top2, bottom2) =>
    `M${x1} ${top1}L${x2} ${top2}V${bottom2}L${x1} ${bottom1}Z`;
  const [row, column] = shownPosition(state);
  const taps = termsAt(state, [row, column]);
  const [first, last] = [taps[0].at, taps.at(-1).at];
  const [top, bottom] = [input.top + first[0] * cell, input.top + (last[0] + 1) * cell];
  const right = input.left + (last[1] + 1) * cell;
  toKernel.setAttribute("d", beam(right, top, bottom, kernel.left, kernel.top, kernel.bottom));
  const [x, y] = [output.left + column * cell, output.top + row * cell];
  toOutput.setAttribute("d", beam(kernel.right, kernel.top, kernel.bottom, x, y, y + cell));
}

function makeTerm(state, { pixel, weight, product }, tap, largest) {
  const term = element("span", {
    className: product === 0 ? "term tinted nothing" : "term tinted",
    textContent: `${tap ? "+ " : ""}${factor(pixel)}·${factor(weight)}`,
    onpointerenter: () => state.point(tap),
    onpointerleave: () => state.point(null),
  });
  term.append(element("small", { textContent: ` = ${written(product)}` }));
  tintBySign(term, product, largest, 38);
  return term;
}

function writeSum(state) {
  const { data, find } = state;
  const [row, column] = shownPosition(state);
  const terms = termsAt(state, [row, column]);
  const products = terms.map(({ product }) => product);
  const largest = Math.max(...products.map(Math.abs), 1e-9);
  const sum = exact(products.reduce((whole, product) => whole + product, 0));
  const span = (textContent, className = "") => element("span", { textContent, className });
  find(".terms").style.gridTemplateColumns = `repeat(${data.kernel[0].length}, max-content)`;
  find(".terms").replaceChildren(...terms.map((term, tap) => makeTerm(state, term, tap, largest)));
  const { words } = data;
  const parts = [words.sum_of_products, written(sum), words.plus_bias, written(data.bias)];
  find(".total").replaceChildren(
    ...(data.large ? [] : parts.map((text) => span(text))),
    span("", "rule"),
    span(data.large ? words.sum_of_all : words.is_output),
    element("output", { textContent: written(data.output[row][column]) }),
  );
  const [first, last] = [terms[0].at, terms.at(-1).at];
  const [height, width] = sizeOf(data.output);
  find(".place").textContent = fill(data.padding ? words.place_padded : words.place, {
    row: row + 1,
    column: column + 1,
    number: indexOf(state, [row, column]) + 1,
    count: height * width,
    top: first[0] + 1,
    bottom: last[0] + 1,
    left: first[1] + 1,
    right: last[1] + 1,
  });
}

export function label({ data, find }) {
  const { words, padding } = data;
  const sized = ([height, width]) => ({ height, width });
  const [padded_height, padded_width] = sizeOf(data.padded);
  const [height, width] = [padded_height, padded_width].map((length) => length - 2 * padding);
  const input = { height, width, padding, padded_height, padded_width };
  const kernel = sized(sizeOf(data.kernel));
  const span = (data.kernel.length - 1) * data.dilation + 1;
  const weights = data.kernel.map((line) => line.map(written).join(" ")).join("; ");
  const output = sized(sizeOf(data.output));
  const texts = {
    input: [
      fill(padding ? words.size_padded : words.size, input),
      fill(padding ? words.input_padded_spoken : words.input_spoken, input),
    ],
    kernel: [
      fill(data.dilation > 1 ? words.size_dilated : words.size, { ...kernel, span }),
      fill(words.kernel_spoken, { weights }),
    ],
    output: [fill(words.size, output), fill(words.output_spoken, output)],
  };
  for (const [name, [caption, spoken]] of Object.entries(texts)) {
    find(`.${name} figcaption span`).textContent = caption;
    find(`.${name} canvas`).ariaLabel = spoken;
  }
}

export function show(state) {
  drawInput(state);
  drawKernel(state);
  drawOutput(state);
  drawBeams(state);
  writeSum(state);
  const range = state.find("input[type=range]");
  const [row, column] = state.position;
  range.value = indexOf(state, state.position);
  const value = written(state.data.output[row][column]);
  range.ariaValueText = fill(state.data.words.at, { row: row + 1, column: column + 1, value });
}
