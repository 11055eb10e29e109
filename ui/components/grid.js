// Colours from Streamlit's theme, and a grid of numbers on a canvas.

const probe = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

function toRgb(color) {
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = color;
  probe.fillRect(0, 0, 1, 1);
  return [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

function readTheme(parentElement) {
  const style = getComputedStyle(parentElement.host ?? parentElement);
  const read = (name) => toRgb(style.getPropertyValue(`--st-${name}`).trim());
  return {
    paper: read("background-color"),
    panel: read("secondary-background-color"),
    ink: read("text-color"),
    positive: read("primary-color"),
    negative: read("orange-color"),
    window: read("green-color"),
    font: style.getPropertyValue("--st-font").trim() || "sans-serif",
  };
}

const css = ([red, green, blue], alpha = 1) => `rgba(${red}, ${green}, ${blue}, ${alpha})`;

const mix = (from, to, share) =>
  from.map((part, index) => Math.round(part + (to[index] - part) * Math.min(Math.max(share, 0), 1)));

const isDark = ([red, green, blue]) => 0.299 * red + 0.587 * green + 0.114 * blue < 140;

// A picture is ink on paper: its lowest value is the page's background, its highest the text colour.
const inkScale = (theme, low, high) => (value) =>
  mix(theme.paper, theme.ink, high > low ? (value - low) / (high - low) : 0);

// Weights and maps have a sign: blue above zero, orange below, and stronger further away.
const signScale = (theme, largest) => (value) =>
  mix(theme.panel, value < 0 ? theme.negative : theme.positive, largest ? Math.abs(value) / largest : 0);

const largestOf = (values) => Math.max(...values.flat().map(Math.abs), 0);

function sizeCanvas(canvas, width, height) {
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
function drawGrid(canvas, { values, cell, tint, theme, alphaAt = () => 1, isFrame = () => false, numbers = true }) {
  const context = sizeCanvas(canvas, values[0].length * cell, values.length * cell);
  const gap = cell >= 9 ? 1 : 0;
  context.textAlign = "center";
  context.textBaseline = "middle";
  values.forEach((line, row) =>
    line.forEach((value, column) => {
      const [left, top, alpha] = [column * cell, row * cell, alphaAt(row, column)];
      const frame = isFrame(row, column);
      const fill = frame ? mix(theme.paper, theme.ink, 0.07) : tint(value);
      const paint = mix(theme.paper, fill, alpha);
      context.fillStyle = css(paint);
      context.fillRect(left, top, cell - gap, cell - gap);
      if (frame) hatch(context, left, top, cell - gap, theme);
      if (numbers && alpha > 0.2) writeIn(context, value, left, top, cell, paint, theme);
    }),
  );
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
  const text = [written(value), shortened(value, 2), shortened(value, 1), shortened(value, 0)].find(
    (candidate) => candidate.length * 5.4 <= cell - 3 && (value === 0 || candidate !== "0"),
  );
  if (text === undefined) return;
  const size = Math.min(14, cell * 0.4, (cell - 3) / (text.length * 0.56));
  context.font = `500 ${size}px ${theme.font}`;
  context.fillStyle = isDark(fill) ? "rgba(255, 255, 255, 0.95)" : "rgba(10, 14, 22, 0.92)";
  context.fillText(text, left + cell / 2 - 0.5, top + cell / 2 + 0.5);
}

// Outline whole cells, with a halo so that the line is seen on ink and on paper.
function outline(context, { left, top, width, height, color, halo, thickness = 2, dashed = false }) {
  for (const [paint, wide] of [[halo, thickness + 2], [color, thickness]]) {
    context.setLineDash(dashed && wide === thickness ? [5, 4] : []);
    context.strokeStyle = css(paint);
    context.lineWidth = wide;
    context.strokeRect(left, top, width, height);
  }
  context.setLineDash([]);
}
