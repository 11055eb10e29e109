// Follows the pen on the canvas. While it moves, the drawing is told as a picture: one at a time, the
// next when the page has answered. When it lifts, the canvas is made to report: by itself it waits a
// fifth of a second, and its toolbar has a button that makes it report at once, not waiting for the
// answer to a picture that it replaces. Listeners of the window come after the canvas's own, when the
// stroke is among its objects. The pad of Start and the lesson is live_network/pad.js.

import { isOlder, report } from "../answers.js";
import { stateOf } from "../elements.js";

const REPORT = 'button[aria-label="Update the app with this drawing"]';
const LAYERS = ["canvas.lower-canvas", "canvas.upper-canvas"]; // what is drawn, and the pen's stroke
const LEAST_MS = 200; // between two pictures
const SHARE = 1.6; // times as long as the last answer took: who is slow is asked less
const MOST_MS = 1000; // the first answer of a server that has just started is no measure of the next

// Null where the canvas is built otherwise.
function pictureOf(root, { width, height }) {
  const layers = LAYERS.map((selector) => root.querySelector(selector));
  if (layers.includes(null)) return null;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  for (const layer of layers) context.drawImage(layer, 0, 0, width, height);
  return canvas.toDataURL("image/png");
}

function tell(state) {
  clearTimeout(state.timer);
  if (!state.data.tells || !state.root || !state.hasMoved || state.waits) return;
  const now = performance.now();
  const wait = Math.min(MOST_MS, Math.max(LEAST_MS, SHARE * state.answerTook));
  const early = state.told + wait - now;
  if (early > 0) {
    state.timer = setTimeout(() => tell(state), early);
    return;
  }
  const url = pictureOf(state.root, state.data);
  if (!url) return;
  Object.assign(state, { hasMoved: false, waits: true, told: now });
  report(state, state.send, "stroke", url);
}

function takeAnswer(state) {
  if (!state.waits || !state.data.tells || isOlder(state, state.data, "stroke")) return;
  state.waits = false;
  state.answerTook = performance.now() - state.told;
  tell(state);
}

function listen(state) {
  const down = (event) => {
    const path = event.composedPath();
    const isOnCanvas = path[0] instanceof Element && path[0].matches("canvas.upper-canvas");
    state.root = isOnCanvas ? path[0].getRootNode() : null;
    state.hasMoved = false;
  };
  const move = () => {
    state.hasMoved = true;
    tell(state);
  };
  const up = () => {
    clearTimeout(state.timer);
    state.root?.querySelector(REPORT)?.click();
    state.root = null;
  };
  const listeners = {
    mousedown: down,
    touchstart: down,
    mousemove: move,
    touchmove: move,
    mouseup: up,
    touchend: up,
  };
  for (const [name, listener] of Object.entries(listeners))
    window.addEventListener(name, listener, { passive: true });
  return () => {
    for (const [name, listener] of Object.entries(listeners))
      window.removeEventListener(name, listener);
  };
}

export default function ({ data, parentElement, setStateValue }) {
  const state = stateOf(parentElement);
  Object.assign(state, { data, send: setStateValue });
  state.told ??= 0;
  state.answerTook ??= 0;
  takeAnswer(state);
  // Called for each run of the page; what it returns is called once, when the component goes.
  state.stop ??= listen(state);
  return () => {
    state.stop?.();
    state.stop = null;
  };
}
