// A wall of digits with what each is read as, the first kernels, and what they make of a digit.

import { element, fill, stateOf } from "../elements.js";
import { playFor, replayButton, stopPlaying } from "../playing.js";
import { inkScale, readTheme, signScale } from "../theme.js";

const SIDE = 28;
const REPLAY_SECONDS = 5;
const FEWEST_MOMENTS = 3; // that are worth playing again
const MOST_MOMENTS = 400;
const TICK = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="m3 8.5 3.5 3.5L13 4.5"/></svg>';
const CROSS = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="m4 4 8 8m0-8-8 8"/></svg>';

const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

// One picture of several, a pixel for each of its values.
function paint(canvas, values, start, height, width, tint) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(width, height);
  for (let at = 0; at < height * width; at += 1) {
    pixels.data.set([...tint(values[start + at]), 255], 4 * at);
  }
  context.putImageData(pixels, 0, 0);
}

function makeWall(state) {
  const { data, theme } = state;
  const values = bytes(data.digits);
  const tint = inkScale(theme, 0, 255);
  state.find("ul").replaceChildren(
    ...data.labels.map((_, place) => {
      const canvas = element("canvas");
      paint(canvas, values, place * SIDE * SIDE, SIDE, SIDE, tint);
      return element("li", {}, canvas, element("span", { className: "said" }));
    }),
  );
}

function readOut(state, said) {
  const { labels, texts } = state.data;
  [...state.find("ul").children].forEach((tile, place) => {
    const [label, answer] = [labels[place], said?.[place] ?? "?"];
    const known = Boolean(said);
    tile.classList.toggle("right", known && answer === label);
    tile.classList.toggle("wrong", known && answer !== label);
    const mark = tile.querySelector(".said");
    mark.innerHTML = known ? (answer === label ? TICK : CROSS) : "";
    mark.prepend(String(answer));
    tile.ariaLabel = fill(texts.said, { label, answer });
  });
}

function showPairs(state, { kernels, maps }) {
  const box = state.find(".pairs");
  const pictures = [kernels, maps].map(({ shape, values }) => ({
    shape,
    values: new Int8Array(bytes(values).buffer),
  }));
  const [count] = kernels.shape;
  if (box.children.length !== count) {
    const pair = () => element("div", {}, element("canvas"), element("canvas"));
    box.replaceChildren(...Array.from({ length: count }, pair));
  }
  const tint = signScale(state.theme, 127);
  [...box.children].forEach((pair, place) => {
    pictures.forEach(({ shape: [, height, width], values }, part) => {
      paint(pair.children[part], values, place * height * width, height, width, tint);
    });
  });
}

function showMoment(state, moment) {
  readOut(state, moment?.said);
  if (moment) showPairs(state, moment);
  drawLoss(state, moment?.step ?? 0);
}

function drawLoss(state, until) {
  const { losses } = state.data;
  const seen = losses.filter(([step]) => step <= until);
  const most = Math.max(...losses.map(([, loss]) => loss), 1e-9);
  const last = Math.max(losses.at(-1)?.[0] ?? 1, 1);
  const points = seen.map(([step, loss]) => `${(300 * step) / last} ${58 - (56 * loss) / most}`);
  state.find(".loss path").setAttribute("d", points.length ? `M${points.join("L")}` : "");
}

// The same moment is kept once; those of another training are forgotten.
function keepMoment(state) {
  const { moment, training } = state.data;
  if (state.training !== training) Object.assign(state, { training, moments: [] });
  if (moment && moment.step !== state.moments.at(-1)?.step) state.moments.push(moment);
  if (state.moments.length > MOST_MOMENTS) {
    state.moments = state.moments.filter((_, place) => place % 2 === 0);
  }
}

function offerReplay(state) {
  const again = () =>
    playFor(state, REPLAY_SECONDS, (share) => {
      const place = Math.floor(share * (state.moments.length - 1));
      showMoment(state, state.moments[place]);
    });
  const enough = state.moments.length >= FEWEST_MOMENTS;
  const button = enough ? [replayButton(state.data.texts.again, again)] : [];
  state.find(".again").replaceChildren(...button);
}

export default function ({ data, parentElement }) {
  const state = stateOf(parentElement);
  const before = state.data?.digits;
  const theme = readTheme(parentElement);
  const sameTheme = JSON.stringify(theme) === JSON.stringify(state.theme);
  Object.assign(state, { data, theme });
  if (before !== data.digits || !sameTheme) makeWall(state);
  const { texts } = data;
  state.find(".wall h2").textContent = texts.digits;
  state.find(".inside h2").textContent = texts.kernels;
  state.find(".loss h2").textContent = texts.loss;
  state.find(".pairs").ariaLabel = texts.kernels;
  state.find(".loss svg").ariaLabel = texts.loss;
  keepMoment(state);
  offerReplay(state);
  if (!state.playing) showMoment(state, data.moment);
  return () => stopPlaying(state);
}
