// The stepper as high as there is room, the products between the pictures; it plays once by itself.

import { playFor, playOnce, stopPlaying } from "../playing.js";
import { show, sizeOf } from "./view.js";

const BESIDE = 44; // pixels between its parts
const SECONDS = 6;

export function measureLarge(state) {
  const { data, find } = state;
  const box = find(".stepper");
  const middle = find(".sum").offsetWidth;
  const narrow = box.clientWidth < 640;
  const across = (box.clientWidth - (narrow ? 12 : middle + 2 * BESIDE)) / 2;
  const caption = find(".input").offsetHeight - find(".input canvas").offsetHeight;
  const down = narrow ? Infinity : box.clientHeight - caption;
  const most = Math.max(...sizeOf(data.padded));
  // What products, sum and buttons leave.
  const rest = down - find(".sum").offsetHeight - find(".controls").offsetHeight - caption;
  const kernelCell = Math.floor(Math.min(rest / data.kernel.length, middle / 4));
  state.narrow = narrow;
  state.cell = Math.max(2, Math.floor(Math.min(across, down) / most));
  state.kernelCell = Math.max(24, kernelCell);
  find(".output").style.minHeight = `${most * state.cell + caption}px`;
}

// The whole map stays in sight while the window stands where there is most to see.
function rest(state) {
  state.isWhole = true;
  state.position = state.data.position;
  mark(state);
}

function mark(state) {
  const { words } = state.data;
  state.find(".play").textContent = state.playing ? words.pause : words.play;
  state.find(".play").ariaLabel = state.playing ? words.pause_spoken : words.play_spoken;
  show(state);
}

function slide(state, share) {
  const [height, width] = sizeOf(state.data.output);
  const index = Math.round(share * (height * width - 1));
  state.isWhole = false;
  state.position = [Math.floor(index / width), index % width];
  mark(state);
}

export function playLarge(state) {
  if (state.playing) {
    stopPlaying(state);
    mark(state);
  } else {
    playFor(
      state,
      SECONDS,
      (share) => slide(state, share),
      () => rest(state),
    );
  }
}

export function wireLarge(state) {
  state.find(".play").onclick = () => playLarge(state);
  state.find(".stepper").onpointerdown = (event) => {
    if (state.playing && event.composedPath()[0].matches("canvas")) playLarge(state);
  };
  if (state.hasPlayed && !state.playing) mark(state);
  playOnce(
    state,
    SECONDS,
    (share) => slide(state, share),
    () => rest(state),
  );
}
