// A pad to draw on with mouse, finger or keys; it reports its strokes whenever the pen lifts. The pen on
// the canvas of Prediction and Inside is pen/pen.js.

import { hearOnePointer } from "../elements.js";
import { sizeCanvas } from "../grid.js";
import { css } from "../theme.js";
import { dimNet } from "./net.js";

const PAD_SIDE = 336; // the canvas's own pixels, as every page that takes drawings has them
const PEN_WIDTH = 25;
const KEY_STEP = 12; // twenty-eight steps across
const FINE = 2; // points nearer than this are one

const padContext = (state) => {
  const canvas = state.find(".pad");
  const wide = canvas.clientWidth || PAD_SIDE;
  const context = sizeCanvas(canvas, wide, wide);
  canvas.style.width = canvas.style.height = "";
  context.scale(wide / PAD_SIDE, wide / PAD_SIDE);
  return context;
};

function asInk(image, theme) {
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < pixels.data.length; at += 4) {
    const brightness = pixels.data[at];
    pixels.data.set([...theme.ink, brightness], at);
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}

// The picture comes as bright ink on black; here it takes the theme's ink, and another when that
// changes.
function inked(state) {
  const { picture, theme } = state;
  const ink = css(theme.ink);
  if (state.inked?.picture !== picture || state.inked.ink !== ink)
    state.inked = { picture, ink, canvas: asInk(picture, theme) };
  return state.inked.canvas;
}

function strokeLine(context, line, color) {
  context.strokeStyle = context.fillStyle = color;
  context.lineWidth = PEN_WIDTH;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  context.moveTo(...line[0]);
  for (const point of line.slice(1)) context.lineTo(...point);
  if (line.length === 1) context.lineTo(line[0][0] + 0.01, line[0][1]);
  context.stroke();
}

export function drawPad(state) {
  const context = padContext(state);
  const { theme, pen } = state;
  if (state.picture) {
    const picture = inked(state);
    const { width, height } = picture;
    const side = Math.max(width, height);
    context.globalAlpha = state.fading ?? 1;
    context.drawImage(
      picture,
      (PAD_SIDE * (side - width)) / side / 2,
      (PAD_SIDE * (side - height)) / side / 2,
      (PAD_SIDE * width) / side,
      (PAD_SIDE * height) / side,
    );
    context.globalAlpha = 1;
  }
  for (const line of [...state.lines, ...(pen.line ? [pen.line] : [])])
    strokeLine(context, line, css(theme.ink));
  if (pen.shown) {
    context.strokeStyle = css(theme.chosen);
    context.lineWidth = 3;
    context.beginPath();
    context.arc(...pen.at, PEN_WIDTH / 2 + 3, 0, 2 * Math.PI);
    context.stroke();
  }
  state.find(".hint").hidden = Boolean(state.picture || state.lines.length || pen.line);
}

function loadPicture(state, address) {
  Object.assign(state, { picture: null, lines: [], cleared: false });
  if (!address) return drawPad(state);
  const image = new Image();
  image.onload = () => {
    state.picture = image;
    drawPad(state);
  };
  image.src = address;
}

function reportDrawing(state) {
  const { lines, cleared, mount } = state;
  state.send("drawing", { mount, lines, cleared });
}

function penDown(state, place) {
  if (state.data.pad.replace && !state.cleared) {
    state.picture = null; // drawn over
    state.cleared = true;
  }
  state.pen.line = [place];
  dimNet(state);
  drawPad(state);
}

function penMove(state, place) {
  const [x, y] = state.pen.line.at(-1);
  if (Math.hypot(place[0] - x, place[1] - y) < FINE) return;
  state.pen.line.push(place);
  drawPad(state);
}

function penUp(state) {
  if (!state.pen.line) return;
  state.lines.push(state.pen.line.map((point) => point.map(Math.round)));
  state.pen.line = null;
  drawPad(state);
  reportDrawing(state);
}

function placeOf(canvas, event) {
  const box = canvas.getBoundingClientRect();
  return [
    ((event.clientX - box.left) / box.width) * PAD_SIDE,
    ((event.clientY - box.top) / box.height) * PAD_SIDE,
  ];
}

// Arrow keys lead the pen, the space bar sets it down and lifts it, Delete clears.
function padKey(state, event) {
  const { pen } = state;
  const move = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[
    event.key
  ];
  if (move) {
    pen.at = pen.at.map((at, axis) => Math.min(Math.max(at + move[axis] * KEY_STEP, 0), PAD_SIDE));
    if (pen.line) penMove(state, [...pen.at]);
  } else if (event.key === " ") {
    if (pen.line) penUp(state);
    else penDown(state, [...pen.at]);
  } else if (event.key === "Delete" || event.key === "Backspace") clearPad(state);
  else return;
  event.preventDefault();
  drawPad(state);
}

function clearPad(state) {
  Object.assign(state, { picture: null, lines: [], cleared: true });
  state.pen.line = null;
  dimNet(state);
  drawPad(state);
  reportDrawing(state);
}

export function wirePad(state) {
  const canvas = state.find(".pad");
  hearOnePointer(canvas);
  canvas.onpointerdown = (event) => {
    if (event.button) return;
    penUp(state); // that the space bar set down
    canvas.setPointerCapture(event.pointerId);
    state.pen.shown = false;
    penDown(state, placeOf(canvas, event));
  };
  canvas.onpointermove = (event) => {
    if (!state.pen.line || !event.isTrusted || state.pen.shown) return;
    for (const one of event.getCoalescedEvents?.() ?? []) penMove(state, placeOf(canvas, one));
    penMove(state, placeOf(canvas, event));
  };
  canvas.onpointerup = canvas.onpointercancel = () => !state.pen.shown && penUp(state);
  canvas.onkeydown = (event) => padKey(state, event);
  canvas.onfocus = () => {
    state.pen.shown = canvas.matches(":focus-visible");
    drawPad(state);
  };
  canvas.onblur = () => {
    state.pen.shown = false;
    penUp(state);
    drawPad(state);
  };
  state.find(".clear").onclick = () => clearPad(state);
}

// A new drawing from elsewhere is loaded; an echo of what was drawn here is not.
export function adoptPad(state) {
  const { pad, words } = state.data;
  state.find(".pad").setAttribute("aria-label", words.pad);
  state.find(".hint").textContent = words.hint;
  state.find(".clear").textContent = words.clear;
  const isEcho = pad.mount === state.mount;
  state.find(".invitation").textContent = pad.example && !state.cleared ? words.draw_over : "";
  if (isEcho || pad.picture === state.loaded) return drawPad(state);
  state.loaded = pad.picture;
  loadPicture(state, pad.picture);
}
