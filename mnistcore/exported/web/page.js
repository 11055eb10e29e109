// The page: a canvas, and what the network makes of it while the pen moves.

import { Network } from "./network.js";
import { prepare } from "./prepare.js";

const PEN_WIDTH = 25; // of a canvas of 336 pixels, as on the app's own
const ACROSS = matchMedia("(max-width: 700px)").matches ? 8 : 16; // maps in a row
const GAP = 1; // pixels between two maps
const BETWEEN = 45; // their brightness, of 255

const find = (id) => document.getElementById(id);
const given = JSON.parse(find("network").textContent);
const network = new Network(given);
const pad = find("pad");
const pen = pad.getContext("2d", { willReadFrequently: true });
const percent = new Intl.NumberFormat("en", { style: "percent", minimumFractionDigits: 1 });
let isDue = false; // whether the drawing will be read in the next frame
let at = null; // where the pen is, while it is down
let held = -1; // the number of the pointer that draws

function read() {
  const image = prepare(pen.getImageData(0, 0, pad.width, pad.height));
  return { image, ...network.read(image) };
}

function paint(canvas, values, brightness) {
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(canvas.width, canvas.height);
  for (let place = 0; place < values.length; place += 1) {
    const bright = brightness(values[place]);
    pixels.data.set([bright, bright, bright, 255], 4 * place);
  }
  context.putImageData(pixels, 0, 0);
}

// All maps of a layer side by side; the strongest value of the layer is full brightness.
function paintMaps(canvas, { shape: [rows, columns, channels], values }) {
  const mosaic = new Float32Array(canvas.width * canvas.height).fill(Number.NaN);
  let strongest = 1e-6;
  for (const value of values) strongest = Math.max(strongest, value);
  for (let place = 0; place < values.length; place += 1) {
    const map = place % channels;
    const pixel = Math.floor(place / channels);
    const x = (map % ACROSS) * (columns + GAP) + (pixel % columns);
    const y = Math.floor(map / ACROSS) * (rows + GAP) + Math.floor(pixel / columns);
    mosaic[y * canvas.width + x] = values[place];
  }
  const brightness = (value) => (255 * Math.max(value, 0)) / strongest;
  paint(canvas, mosaic, (value) => (Number.isNaN(value) ? BETWEEN : brightness(value)));
}

function show({ image, probabilities, looksLikeADigit, maps }) {
  const isBlank = !image.some(Boolean);
  const best = probabilities.indexOf(Math.max(...probabilities));
  find("answer").textContent = isBlank ? "–" : looksLikeADigit ? best : "?";
  find("remark").textContent = isBlank || looksLikeADigit ? "" : given.doubt;
  [...find("bars").children].forEach((row, digit) => {
    const share = isBlank ? 0 : probabilities[digit];
    row.classList.toggle("best", !isBlank && digit === best);
    row.style.setProperty("--share", `${100 * share}%`);
    row.querySelector("em").textContent = isBlank ? "" : percent.format(share);
  });
  paint(find("seen"), image, (value) => value);
  const canvases = find("maps").querySelectorAll("canvas");
  maps.forEach((map, place) => {
    paintMaps(canvases[place], map);
  });
}

// At most once in a frame, however often the pen reports.
function readSoon() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    show(read());
  });
}

function clear() {
  pen.fillStyle = "#000";
  pen.fillRect(0, 0, pad.width, pad.height);
  readSoon();
}

function place(event) {
  const box = pad.getBoundingClientRect();
  return [
    ((event.clientX - box.left) * pad.width) / box.width,
    ((event.clientY - box.top) * pad.height) / box.height,
  ];
}

function drawTo(event) {
  const next = place(event);
  pen.strokeStyle = "#fff";
  pen.lineWidth = PEN_WIDTH;
  pen.lineCap = pen.lineJoin = "round";
  pen.beginPath();
  pen.moveTo(...(at ?? next));
  pen.lineTo(...next);
  pen.stroke();
  at = next;
  readSoon();
}

// A palm that touches the pad beside the pointer that draws, or another finger, is not heard.
function hearOnePointer(event) {
  const isAnother = event.pointerId !== held && pad.hasPointerCapture(held);
  if (isAnother) event.stopImmediatePropagation();
  else if (event.type === "pointerdown") held = event.pointerId;
}

function begin() {
  for (let digit = 0; digit < 10; digit += 1) {
    const row = document.createElement("li");
    row.innerHTML = "<span></span><i></i><em></em>";
    row.firstChild.textContent = digit;
    find("bars").append(row);
  }
  for (const { gives, shown } of network.layers.filter((layer) => layer.shown)) {
    const [rows, columns, channels] = gives;
    const heading = document.createElement("h2");
    const canvas = document.createElement("canvas");
    const across = Math.min(ACROSS, channels);
    heading.textContent = shown;
    canvas.width = across * (columns + GAP) - GAP;
    canvas.height = Math.ceil(channels / ACROSS) * (rows + GAP) - GAP;
    canvas.style.width = `${Math.min(3, 42 / columns) * canvas.width}px`;
    canvas.role = "img";
    canvas.ariaLabel = heading.textContent;
    const box = document.createElement("div");
    box.append(heading, canvas);
    find("maps").append(box);
  }
  for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"])
    pad.addEventListener(kind, hearOnePointer);
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    drawTo(event);
  });
  pad.addEventListener("pointermove", (event) => {
    const steps = event.getCoalescedEvents?.() ?? [];
    if (at) for (const step of steps.length ? steps : [event]) drawTo(step);
  });
  for (const end of ["pointerup", "pointercancel"])
    pad.addEventListener(end, () => {
      at = null;
    });
  // A tap that a busy phone takes for a long press ends with no click.
  for (const tap of ["click", "pointerup"]) find("clear").addEventListener(tap, clear);
  clear();
}

begin();
globalThis.reader = { prepare, network, read }; // for who wants to ask it from outside
