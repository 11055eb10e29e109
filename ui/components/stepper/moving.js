// Moving the window: by slider, buttons, keys, play and pointer.

import { isOlder, report } from "../answers.js";
import { placeUnder } from "../grid.js";
import { stays } from "../numbers.js";
import { playLarge } from "./large.js";
import { indexOf, show, sizeOf } from "./view.js";

const REPORT_AFTER_MS = 500; // the address follows once the window has come to rest

// The nearest position that there is.
export function onOutput({ data }, [row, column]) {
  const [height, width] = sizeOf(data.output);
  return [stays(row, height - 1), stays(column, width - 1)];
}

export function moveTo(state, position) {
  settleAt(state, onOutput(state, position));
  show(state);
  if (!state.timer) reportSoon(state);
}

export function stepBy(state, steps) {
  const [height, width] = sizeOf(state.data.output);
  const index = stays(indexOf(state, state.position) + steps, height * width - 1);
  moveTo(state, [Math.floor(index / width), index % width]);
}

export const goTo = {
  first: (state) => moveTo(state, [0, 0]),
  back: (state) => stepBy(state, -1),
  forward: (state) => stepBy(state, 1),
  last: (state) => moveTo(state, [Infinity, Infinity]),
  play: (state) => (state.data.large ? playLarge(state) : setPlaying(state, !state.timer)),
};

const KEYS = {
  ArrowLeft: goTo.back,
  ArrowRight: goTo.forward,
  ArrowUp: (state) => moveTo(state, [state.position[0] - 1, state.position[1]]),
  ArrowDown: (state) => moveTo(state, [state.position[0] + 1, state.position[1]]),
  Home: goTo.first,
  End: goTo.last,
  " ": goTo.play,
};

// Where the window came to rest, unless it is the page's one large picture: nobody asks for that,
// and each report has the whole page drawn anew.
export function reportSoon(state) {
  clearTimeout(state.report);
  if (state.data.large) return;
  state.report = setTimeout(() => {
    state.report = null;
    const position = state.position.join(",");
    if (position === state.reported) return;
    report(state, state.send, "position", position);
    state.reported = state.kept = position;
  }, REPORT_AFTER_MS);
}

// Where the page has the window stand, if that is news; else the same place in the picture, in a map
// that may have another size. That is nobody's choice, so it is not reported.
export function adoptPosition(state, before) {
  const { kept, position } = state.data;
  const isMoved = state.timer || state.report || isOlder(state, state.data, "position");
  if (!before || (!isMoved && kept !== state.kept)) {
    settleAt(state, onOutput(state, position));
    Object.assign(state, { kept, reported: state.position.join(",") });
    return;
  }
  const sides = sizeOf(state.data.output);
  if (String(sides) === String(sizeOf(before.output))) return;
  const { at, among } = state.settled;
  const scaled = at.map((place, axis) => Math.round((place * sides[axis]) / among[axis]));
  state.position = onOutput(state, scaled);
}

// Remember where the window was put, and in how large a map: sizes come and go, and it comes back.
export function settleAt(state, position) {
  state.position = position;
  state.settled = { at: position, among: sizeOf(state.data.output) };
}

function play(state) {
  const [height, width] = sizeOf(state.data.output);
  const last = height * width - 1;
  if (indexOf(state, state.position) === last) state.position = [0, 0];
  let before = performance.now();
  const tick = (now) => {
    const steps = Math.floor(((now - before) * Number(state.find("select").value)) / 1000);
    state.timer = requestAnimationFrame(tick);
    if (!steps) return;
    before = now;
    stepBy(state, steps);
    if (indexOf(state, state.position) === last) setPlaying(state, false);
  };
  state.timer = requestAnimationFrame(tick);
}

export function setPlaying(state, playing) {
  cancelAnimationFrame(state.timer);
  state.timer = null;
  if (playing) play(state);
  else reportSoon(state);
  markPlaying(state);
}

export function markPlaying(state) {
  const playing = Boolean(state.timer);
  const { words } = state.data;
  const button = state.find(".play");
  button.textContent = playing ? words.pause : words.play;
  button.ariaLabel = playing ? words.pause_spoken : words.play_spoken;
  state.find(".total").ariaLive = playing ? "off" : "polite";
  show(state);
}

export function onKey(state, event) {
  const control = event.target.closest("button, select");
  if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  if (control && (event.key === " " || control.matches("select"))) return;
  event.preventDefault();
  state.hovered = null;
  KEYS[event.key](state);
}

// The output position whose window is centred nearest to a place on the input.
export function windowAround(state, place) {
  const { kernel, dilation, stride } = state.data;
  const half = ((kernel.length - 1) * dilation + 1) / 2;
  return onOutput(
    state,
    place.map((at) => Math.round((at - half) / stride)),
  );
}

// Show the position under the pointer; stay there after a click.
export function followPointer(state, canvas, positionAt) {
  const under = (event) => positionAt(placeUnder(canvas, event, state.cell));
  canvas.onpointermove = (event) => {
    if (state.timer || state.playing) return;
    if (event.pointerType === "touch" || event.buttons) {
      moveTo(state, under(event));
    } else {
      state.hovered = under(event);
      show(state);
    }
  };
  canvas.onpointerleave = () => {
    state.hovered = null;
    show(state);
  };
  canvas.onclick = (event) => {
    state.hovered = null;
    moveTo(state, under(event));
  };
}
