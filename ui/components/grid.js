// A grid of numbers on a canvas, outlines on it, and the cell under the pointer.

import { shortened, written } from "./numbers.js";
import { css, isDark, mix } from "./theme.js";

export function sizeCanvas(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth;
    canvas.height = pixelHeight;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

// Draw `values` in square cells; `alphaAt(row, column)` fades a cell, `isFrame` marks the padding.
export function drawGrid(
  canvas,
  { values, cell, tint, theme, alphaAt = () => 1, isFrame = () => false, numbers = true },
) {
  const context = sizeCanvas(canvas, values[0].length * cell, values.length * cell);
  const gap = cell >= 9 ? 1 : 0;
  context.textAlign = "center";
  context.textBaseline = "middle";
  values.forEach((line, row) => {
    line.forEach((value, column) => {
      const [left, top, alpha] = [column * cell, row * cell, alphaAt(row, column)];
      const frame = isFrame(row, column);
      const fill = frame ? mix(theme.paper, theme.ink, 0.07) : tint(value);
      const paint = mix(theme.paper, fill, alpha);
      context.fillStyle = css(paint);
      context.fillRect(left, top, cell - gap, cell - gap);
      if (frame) hatch(context, left, top, cell - gap, theme);
      if (numbers && alpha > 0.2) writeIn(context, value, left, top, cell, paint, theme);
    });
  });
  return context;
}

function hatch(context, left, top, side, theme) {
  context.strokeStyle = css(theme.ink, 0.16);
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, top + side);
  context.lineTo(left + side, top);
  context.stroke();
}

function writeIn(context, value, left, top, cell, fill, theme) {
  if (cell < 20) return;
  // Fewer digits in a small cell, but never a 0 for what is not 0.
  const texts = [written(value), ...[2, 1, 0].map((digits) => shortened(value, digits))];
  const text = texts.find(
    (candidate) => candidate.length * 5.4 <= cell - 3 && (value === 0 || candidate !== "0"),
  );
  if (text === undefined) return;
  const size = Math.min(Math.max(14, cell * 0.32), cell * 0.4, (cell - 3) / (text.length * 0.56));
  context.font = `500 ${size}px ${theme.font}`;
  context.fillStyle = css(isDark(fill) === isDark(theme.ink) ? theme.paper : theme.ink);
  context.fillText(text, left + cell / 2 - 0.5, top + cell / 2 + 0.5);
}

// Outline what is chosen, with a halo so that the line is seen on ink and on paper.
export function outline(
  context,
  theme,
  { left, top, width, height, thickness = 2, dashed = false },
) {
  for (const [paint, wide] of [
    [theme.paper, thickness + 2],
    [theme.chosen, thickness],
  ]) {
    context.setLineDash(dashed && wide === thickness ? [5, 4] : []);
    context.strokeStyle = css(paint);
    context.lineWidth = wide;
    context.strokeRect(left, top, width, height);
  }
  context.setLineDash([]);
}

// The place under the pointer as [y, x] in cells, also when it has left the canvas while pressed.
export function placeUnder(canvas, event, cell) {
  const box = canvas.getBoundingClientRect();
  const shown = (cell * box.width) / canvas.offsetWidth; // other than `cell` if the page is zoomed
  return [(event.clientY - box.top) / shown, (event.clientX - box.left) / shown];
}
