// A kernel slides over a picture: what the page sends, and what each control does.

import { redrawing, say, stateOf } from "../elements.js";
import { stopPlaying } from "../playing.js";
import { readTheme } from "../theme.js";
import { measureLarge, wireLarge } from "./large.js";
import {
  adoptPosition,
  followPointer,
  goTo,
  markPlaying,
  onKey,
  onOutput,
  stepBy,
  windowAround,
} from "./moving.js";
import { keepPainted, wirePainting } from "./painting.js";
import { drawInput, drawKernel, indexOf, label, measure, show, sizeOf } from "./view.js";

function adopt(state, { data: sent, parentElement, setStateValue }) {
  const data = structuredClone(sent);
  const before = state.data;
  Object.assign(state, { data, send: setStateValue, theme: readTheme(parentElement) });
  keepPainted(state, before);
  if (!before) {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    state.find("select").value = isCalm ? "2" : data.speed;
  }
  state.hovered = state.tap = null;
  adoptPosition(state, before);
  const [height, width] = sizeOf(data.output);
  state.find("input[type=range]").max = height * width - 1;
}

function wire(state) {
  for (const [name, go] of Object.entries(goTo)) {
    state.find(`.${name}`).onclick = () => go(state);
  }
  const range = state.find("input[type=range]");
  range.oninput = () => stepBy(state, Number(range.value) - indexOf(state, state.position));
  state.find(".stepper").onkeydown = (event) => onKey(state, event);
  state.point = (tap) => {
    state.tap = tap;
    drawInput(state);
    drawKernel(state);
  };
  followPointer(state, state.find(".input canvas"), (place) => windowAround(state, place));
  followPointer(state, state.find(".output canvas"), (place) =>
    onOutput(state, place.map(Math.floor)),
  );
  wirePainting(state);
}

export default function (component) {
  const state = stateOf(component.parentElement);
  adopt(state, component);
  say(state, ".stepper", component.data.words);
  wire(state);
  const { large } = component.data;
  const fit = () => (large ? measureLarge(state) : measure(state));
  state.find(".stepper").classList.toggle("large", large);
  fit();
  label(state);
  markPlaying(state);
  if (large) {
    fit(); // again, now that the products have their size
    wireLarge(state);
  }
  const stop = redrawing(state, ".stepper", () => {
    fit();
    show(state);
  });
  return () => {
    stop();
    stopPlaying(state);
    cancelAnimationFrame(state.timer);
    clearTimeout(state.report);
  };
}
