// The network as columns of maps with the strongest lines between them.

import { sizeCanvas } from "../grid.js";
import { isCalm } from "../playing.js";
import { css, signScale } from "../theme.js";

const GAP = 9; // between two maps
const STEP_MS = 260; // from one column to the next
const CAPTION = 2.1; // rem below the maps, for two lines

const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
export const VIVID = 0.6; // below 1, so that weak values show from afar

export const decode = (text) =>
  new Int8Array(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer);

const rowsOf = (count) => (count <= 10 ? count : count <= 32 ? 8 : 16);

// Where every column's maps lie: as large as height and width allow, with room for the lines.
export function layOut(state) {
  const box = state.find(".net");
  const [width, height] = [box.clientWidth, box.clientHeight];
  const room = height - CAPTION * rem();
  const columns = state.data.columns.map(({ shape: [count, rows, side] }, place) => {
    const down = rowsOf(count);
    const most = width < 480 ? ([22, 15, 11][place] ?? 11) : Infinity;
    const pitch = Math.min(room / down, most + GAP);
    return { count, down, across: Math.ceil(count / down), pitch, shape: [count, rows, side] };
  });
  const used = columns.reduce((sum, { across, pitch }) => sum + across * pitch, 0);
  const shrink = Math.min(1, (0.6 * width) / used);
  for (const column of columns) column.pitch *= shrink;
  const taken = columns.reduce((sum, { across, pitch }) => sum + across * pitch, 0);
  const gap = (width - taken) / (columns.length + 1);
  let left = gap;
  for (const column of columns) {
    column.left = left;
    column.wide = column.across * column.pitch;
    column.top = (room - column.down * column.pitch) / 2;
    const tile = column.pitch - Math.max(2, Math.min(GAP, column.pitch * 0.18));
    column.cornerOf = (map) => [
      column.left + Math.floor(map / column.down) * column.pitch + (column.pitch - tile) / 2,
      column.top + (map % column.down) * column.pitch + (column.pitch - tile) / 2,
    ];
    column.tile = tile;
    left += column.wide + gap;
  }
  return { width, height, room, columns };
}

// All maps of a column on a canvas of their own, so that a frame copies and does not paint.
export function paintColumn(column, values, theme) {
  const [count, rows, side] = column.shape;
  const canvas = new OffscreenCanvas(Math.max(1, side), Math.max(1, count * rows));
  const context = canvas.getContext("2d");
  const tint = signScale(theme, 1);
  const pixels = context.createImageData(side, count * rows);
  for (let at = 0; at < values.length; at += 1) {
    const share = values[at] / 127;
    pixels.data.set([...tint(Math.sign(share) * Math.abs(share) ** VIVID), 255], 4 * at);
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}

function drawTiles(state, context, column, picture, alpha) {
  const [count, rows, side] = column.shape;
  context.imageSmoothingEnabled = false;
  for (let map = 0; map < count; map += 1) {
    const [left, top] = column.cornerOf(map);
    context.globalAlpha = 1;
    context.fillStyle = css(state.theme.panel);
    context.fillRect(left, top, column.tile, column.tile);
    if (!picture || !alpha) continue;
    context.globalAlpha = alpha;
    context.drawImage(picture, 0, map * rows, side, rows, left, top, column.tile, column.tile);
  }
  context.globalAlpha = 1;
}

// Where the lines of a column begin and end; the digit is a column of one before the first.
function ends(state, place, map, right) {
  const { columns, width, room } = state.layout;
  if (place < 0) return [0, room / 2];
  if (place >= columns.length) return [width, (state.layout.height / 10) * (map + 0.5)];
  const column = columns[place];
  const [left, top] = column.cornerOf(map);
  return [right ? left + column.tile : left, top + column.tile / 2];
}

function drawLines(state, context, gap, grown) {
  const { theme } = state;
  for (const [source, target, share] of state.data.lines[gap] ?? []) {
    const [x, y] = ends(state, gap - 1, source, true);
    const [toX, toY] = ends(state, gap, target, false);
    const chosen =
      !state.pointed || isAt(state.pointed, gap - 1, source) || isAt(state.pointed, gap, target);
    const bend = (toX - x) * 0.5;
    context.strokeStyle = css(
      share < 0 ? theme.minus : theme.plus,
      (chosen ? 0.12 + 0.68 * Math.abs(share) : 0.04) * grown,
    );
    context.lineWidth = 0.6 + 2 * Math.abs(share);
    context.beginPath();
    context.moveTo(x, y);
    context.bezierCurveTo(x + bend, y, toX - bend, toY, toX, toY);
    context.setLineDash(grown < 1 ? [grown * 900, 900] : []);
    context.stroke();
  }
  context.setLineDash([]);
}

const isAt = ([place, map], otherPlace, otherMap) => place === otherPlace && map === otherMap;

export function drawNet(state, elapsed) {
  const { layout, pictures, data, theme } = state;
  const canvas = state.find(".net canvas");
  const context = sizeCanvas(canvas, layout.width, layout.height);
  canvas.style.width = canvas.style.height = "";
  const grown = (step) => Math.min(Math.max((elapsed - step * STEP_MS) / STEP_MS, 0), 1);
  const lit = data.is_lit && !state.dimmed;
  const count = layout.columns.length;
  for (let gap = 0; lit && gap <= count; gap += 1) drawLines(state, context, gap, grown(gap));
  layout.columns.forEach((column, place) => {
    drawTiles(
      state,
      context,
      column,
      pictures[place],
      lit ? grown(place + 0.6) : state.dimmed ? 0.3 : 0,
    );
    context.fillStyle = css(theme.ink, 0.72);
    const size = (layout.width < 480 ? 0.7 : 0.8) * rem();
    context.font = `500 ${size}px ${theme.font}`;
    context.textAlign = "center";
    data.columns[place].captions.forEach((text, row) => {
      context.fillText(text, column.left + column.wide / 2, layout.room + size * (0.9 + 1.2 * row));
    });
  });
}

export function lightUp(state, arrive) {
  cancelAnimationFrame(state.frame);
  const steps = state.layout.columns.length + 1.6;
  const started = performance.now();
  const last = isCalm() ? 0 : steps * STEP_MS;
  const tick = (now) => {
    const elapsed = isCalm() ? Infinity : now - started;
    drawNet(state, elapsed);
    if (elapsed >= last - STEP_MS) arrive();
    state.frame = elapsed < last ? requestAnimationFrame(tick) : null;
  };
  tick(started);
}

// While it waits for a network, no sum can be chosen: those that are there are of another drawing.
export function setWaiting(state, waits) {
  state.find(".live").classList.toggle("waiting", waits);
  for (const output of state.find(".outputs").querySelectorAll("button")) output.disabled = waits;
}

export function dimNet(state) {
  setWaiting(state, true);
  state.find(".remark").textContent = ""; // of the drawing before
  cancelAnimationFrame(state.frame);
  state.frame = null;
  state.dimmed = true;
  drawNet(state, Infinity);
}

export function pointAt(state, event) {
  const net = state.find(".net");
  const box = net.getBoundingClientRect();
  const zoom = box.width / net.offsetWidth;
  const [x, y] = [(event.clientX - box.left) / zoom, (event.clientY - box.top) / zoom];
  let found = null;
  state.layout.columns.forEach((column, place) => {
    const [across, down] = [
      Math.floor((x - column.left) / column.pitch),
      Math.floor((y - column.top) / column.pitch),
    ];
    const map = across * column.down + down;
    if (
      across >= 0 &&
      across < column.across &&
      down >= 0 &&
      down < column.down &&
      map < column.count
    )
      found = [place, map];
  });
  if (String(found) === String(state.pointed)) return;
  state.pointed = found;
  drawNet(state, Infinity);
}
