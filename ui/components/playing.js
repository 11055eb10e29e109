// A picture that plays once by itself, and again when it is asked to.

import { element } from "./elements.js";

const AGAIN =
  '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3"/></svg>';

export const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export const stopPlaying = (state) => {
  cancelAnimationFrame(state.playing);
  state.playing = null;
};

// `draw` is called with a share from 0 to 1, over so many seconds; `rest` once at the end.
export function playFor(state, seconds, draw, rest = () => {}) {
  stopPlaying(state);
  const started = performance.now();
  const tick = (now) => {
    const share = Math.min(Math.max((now - started) / (1000 * seconds), 0), 1);
    state.playing = share < 1 ? requestAnimationFrame(tick) : null;
    draw(share);
    if (share === 1) rest();
  };
  state.playing = requestAnimationFrame(tick);
}

// The first time only; whoever wants no motion gets the end at once.
export function playOnce(state, seconds, draw, rest = () => {}) {
  if (state.hasPlayed) return;
  state.hasPlayed = true;
  if (isCalm()) {
    draw(1);
    rest();
  } else playFor(state, seconds, draw, rest);
}

export function replayButton(text, onclick) {
  const button = element("button", { type: "button", className: "control replay", onclick });
  button.innerHTML = AGAIN;
  button.append(element("span", { textContent: text }));
  return button;
}
