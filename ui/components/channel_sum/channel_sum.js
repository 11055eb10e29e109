// One position in all channels at once: every slice of the kernel gives a part, the parts add up.

import { arrowStep, element, fill, redrawing, say, stateOf } from "../elements.js";
import { drawGrid, outline, placeUnder } from "../grid.js";
import { largestOf, stays, written } from "../numbers.js";
import { playFor, playOnce, replayButton, stopPlaying } from "../playing.js";
import { readTheme, signScale, tintBySign } from "../theme.js";

const GHOST = 0.14; // outputs that are yet to come
const SECONDS = 6;
const ROW_GAP = 10; // pixels
const [HEAD_HIGH, SUM_WIDE] = [2.1, 15]; // rem

function buildCard({ name }, words) {
  const picture = (className, ariaLabel) =>
    element("canvas", { className, ariaLabel, role: "img" });
  const sign = (textContent) => element("span", { className: "sign", textContent });
  return element(
    "div",
    { className: "card" },
    element("b", { textContent: name }),
    picture("input", fill(words.input, { name })),
    sign("∗"),
    picture("slice", fill(words.slice, { name })),
    sign("="),
    picture("part", fill(words.part, { name })),
    element("output"),
  );
}

function drawChannel(state, card, channel) {
  const { data, theme, mapCell, sliceCell } = state;
  const [row, column] = state.position;
  const [input, slice, part] = card.querySelectorAll("canvas");
  const draw = (canvas, values, largest, cell, numbers) =>
    drawGrid(canvas, { values, cell, theme, tint: signScale(theme, largest), numbers });
  const side = channel.kernel.length * mapCell;
  outline(draw(input, channel.input, data.largestInput, mapCell, false), theme, {
    left: (column * data.stride - data.padding) * mapCell,
    top: (row * data.stride - data.padding) * mapCell,
    width: side,
    height: side,
    thickness: 1.5,
  });
  draw(slice, channel.kernel, data.largestWeight, sliceCell, true);
  outline(draw(part, channel.part, data.largestPart, mapCell, false), theme, {
    left: column * mapCell,
    top: row * mapCell,
    width: mapCell,
    height: mapCell,
    thickness: 1.5,
  });
  card.querySelector("output").textContent = written(channel.part[row][column]);
}

function drawResult(state) {
  const { data, theme, find, resultCell: cell } = state;
  const [row, column] = state.position;
  const tint = signScale(theme, largestOf(data.output));
  const width = data.output[0].length;
  const reached = state.isWhole ? Infinity : row * width + column;
  const context = drawGrid(find(".result canvas"), {
    values: data.output,
    cell,
    theme,
    tint,
    numbers: !data.large.length,
    alphaAt: (at, across) => (at * width + across <= reached ? 1 : GHOST),
  });
  outline(context, theme, {
    left: column * cell,
    top: row * cell,
    width: cell - 1,
    height: cell - 1,
  });
  const parts = [...data.channels.map((channel) => channel.part[row][column]), data.bias];
  const largest = Math.max(...parts.map(Math.abs), 1e-9);
  const addends = parts.flatMap((value, index) => {
    const name = index === parts.length - 1 ? `${data.words.bias} ` : "";
    const span = element("span", { className: "tinted", textContent: name + written(value) });
    tintBySign(span, value, largest, 40);
    return index ? [" + ", span] : [span];
  });
  const sum = element("output", { textContent: written(data.output[row][column]) });
  find(".equation").replaceChildren(...addends, " = ", sum);
}

function show(state) {
  const cards = state.find(".cards").children;
  state.data.channels.forEach((channel, index) => {
    drawChannel(state, cards[index], channel);
  });
  drawResult(state);
}

// Channels below each other, their sum beside them, all as high as there is room.
function measureLarge(state) {
  const { data, find } = state;
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const box = find(".channels");
  const narrow = box.clientWidth < 640;
  const count = data.channels.length;
  const longest = Math.max(data.channels[0].input.length, data.output.length);
  const high = narrow ? 64 : (box.clientHeight - HEAD_HIGH * rem) / count - ROW_GAP;
  state.mapCell = Math.max(2, Math.floor(high / longest));
  state.sliceCell = Math.floor(Math.min(high / data.channels[0].kernel.length, high / 2));
  const result = find(".result");
  const padding = Number.parseFloat(getComputedStyle(result).paddingLeft);
  const wide = narrow ? box.clientWidth : result.clientWidth - padding - SUM_WIDE * rem;
  const rest = narrow ? 240 : box.clientHeight - HEAD_HIGH * rem - ROW_GAP;
  state.resultCell = Math.max(2, Math.floor(Math.min(wide, rest) / data.output.length));
}

function measure(state) {
  const { data, find } = state;
  if (data.large.length) return measureLarge(state);
  const width = find(".channels").clientWidth;
  const many = data.channels.length > 6;
  const perRow = width < 640 ? (many ? 4 : 2) : many ? 8 : data.channels.length;
  const side = Math.min(many ? 84 : 168, (width - perRow * 32) / perRow);
  const longest = Math.max(data.channels[0].input.length, data.output.length);
  state.mapCell = Math.max(2, Math.floor(side / longest));
  state.sliceCell = Math.min(34, Math.floor((side * 0.75) / data.channels[0].kernel.length));
  const resultCell = Math.floor(Math.min(width, 280) / data.output.length);
  state.resultCell = Math.max(2, Math.min(resultCell, 40));
}

function moveTo(state, row, column) {
  const { output } = state.data;
  state.position = [stays(row, output.length - 1), stays(column, output[0].length - 1)];
  show(state);
}

function follow(state, event) {
  const { data } = state;
  const canvas = event.composedPath()[0];
  if (canvas.tagName !== "CANVAS" || canvas.matches(".slice")) return;
  const cell = canvas.closest(".result") ? state.resultCell : state.mapCell;
  const reach = data.channels[0].kernel.length / 2 - data.padding;
  const toOutput = (at) =>
    canvas.matches(".input") ? Math.round((at - reach) / data.stride) : Math.floor(at);
  if (state.playing) return;
  moveTo(state, ...placeUnder(canvas, event, cell).map(toOutput));
}

function playLarge(state) {
  const { data } = state;
  const [height, width] = [data.output.length, data.output[0].length];
  const draw = (share) => {
    const index = Math.round(share * (height * width - 1));
    state.isWhole = share === 1;
    state.position = share === 1 ? data.position : [Math.floor(index / width), index % width];
    show(state);
  };
  const again = replayButton(data.replay, () => playFor(state, SECONDS, draw));
  state.find(".again").replaceChildren(again);
  state.find(".heads").hidden = false;
  const heads = data.large.map((textContent) => element("span", { textContent }));
  state.find(".heads").replaceChildren(...heads);
  playOnce(state, SECONDS, draw);
}

export default function ({ data, parentElement }) {
  const state = stateOf(parentElement);
  const before = state.data?.output;
  Object.assign(state, { data, theme: readTheme(parentElement) });
  say(state, ".channels", data.words);
  const large = data.large.length > 0;
  state.find(".channels").classList.toggle("large", large);
  if (!large) state.isWhole = true;
  if (before?.length !== data.output.length) state.position = data.position;
  state
    .find(".cards")
    .replaceChildren(...data.channels.map((channel) => buildCard(channel, data.words)));
  const group = state.find(".channels");
  group.onpointermove = group.onclick = (event) => follow(state, event);
  group.onkeydown = (event) => {
    const step = arrowStep(event);
    if (step) moveTo(state, state.position[0] + step[0], state.position[1] + step[1]);
  };
  const redraw = () => {
    measure(state);
    show(state);
  };
  redraw();
  if (large) {
    playLarge(state);
    redraw(); // now that the channels have their width
  }
  const stop = redrawing(state, ".channels", redraw);
  return () => {
    stop();
    stopPlaying(state);
  };
}
