// The size formula beside what it counts: point at a term, and its part of the picture lights up,
// and the other way round.

import { element, fill, stateOf } from "../elements.js";
import { stays } from "../numbers.js";
import { playFor, playOnce, replayButton, stopPlaying } from "../playing.js";
import { shape } from "../svg.js";

const UNIT = 44; // of the drawing, for a pixel
const ROOM = 64; // around the grids, for what is written
const TICK = 10;
const SECONDS = 5;

const tone = (made, term) => {
  made.style.setProperty("--tone", `var(--${term})`);
  return made;
};

// A bracket along one axis with a text beside it; both belong to a term.
function mark(state, term, { from, to, at, upright, text }) {
  const [a, b] = [from + 3, to - 3];
  const middle = (from + to) / 2;
  const along = upright
    ? `M${at + TICK} ${a}H${at}V${b}H${at + TICK}`
    : `M${a} ${at + TICK}V${at}H${b}V${at + TICK}`;
  const [x, y] = upright ? [at - 12, middle + 9] : [middle, at - 10];
  const area = upright
    ? { x: at - 58, y: from, width: 72, height: to - from }
    : { x: from, y: at - 36, width: to - from, height: 50 };
  const words = shape("text", { x, y, "text-anchor": upright ? "end" : "middle" }, text);
  const group = shape(
    "g",
    { class: "mark" },
    shape("rect", area),
    shape("path", { d: along }),
    words,
  );
  point(state, group, term);
  return group;
}

// From the left edge of one position to that of the next.
function arrow(state, term, { from, to, at, text }) {
  const d = `M${from} ${at}H${to}M${to - 8} ${at - 7}L${to} ${at}L${to - 8} ${at + 7}`;
  const group = shape(
    "g",
    { class: "mark" },
    shape("rect", { x: from - 6, y: at - 14, width: to - from + 12, height: 48 }),
    shape("path", { d }),
    shape("text", { x: (from + to) / 2, y: at + 30, "text-anchor": "middle" }, text),
  );
  point(state, group, term);
  return group;
}

function point(state, made, term) {
  tone(made, term);
  made.dataset.term = term;
  made.onpointerenter = made.onfocus = made.onclick = () => light(state, term);
  made.onpointerleave = made.onblur = () => light(state, null);
}

function light(state, term) {
  for (const made of state.find(".size").querySelectorAll("[data-term]")) {
    made.classList.toggle("lit", made.dataset.term === term);
  }
  const { words, values, unreached } = state.data;
  const dropped = unreached - values.p;
  const text = term ? words[term] : dropped > 0 ? words.floor : words.says;
  state.find(".says").textContent = fill(text, { ...values, dropped });
}

function grid(count, left, top, classOf) {
  return Array.from({ length: count * count }, (_, index) => {
    const [row, column] = [Math.floor(index / count), index % count];
    return shape("rect", {
      x: left + column * UNIT,
      y: top + row * UNIT,
      width: UNIT,
      height: UNIT,
      class: `cell ${classOf(row, column)}`,
    });
  });
}

function square(className, side) {
  return shape("rect", { class: className, width: side, height: side, rx: 4 });
}

function hatching() {
  const line = shape("path", { d: "M0 10L10 0", class: "hatching" });
  const pattern = { id: "hatch", width: 10, height: 10, patternUnits: "userSpaceOnUse" };
  return shape("defs", {}, shape("pattern", pattern, line));
}

function draw(state) {
  const { values, unreached, words } = state.data;
  const { w, p, k, s, o } = values;
  const side = w + 2 * p;
  const [left, top] = [ROOM, ROOM];
  const outLeft = left + (side + 2.6) * UNIT;
  const outTop = top + ((side - o) * UNIT) / 2;
  const cells = grid(side, left, top, (row, column) => {
    const outside = [row, column].some((at) => at < p || at >= side - p);
    const lost = [row, column].some((at) => at >= side - unreached);
    return `${outside ? "frame" : ""} ${lost ? "unreached" : ""}`;
  });
  state.made = grid(o, outLeft, outTop, () => "out");
  state.window = square("window", k * UNIT);
  const bottom = top + side * UNIT;
  const marks = [
    mark(state, "w", {
      from: left + p * UNIT,
      to: left + (p + w) * UNIT,
      at: top - 14,
      text: `w = ${w}`,
    }),
    mark(state, "k", {
      from: top,
      to: top + k * UNIT,
      at: left - 14,
      upright: true,
      text: `k = ${k}`,
    }),
    mark(state, "o", { from: outLeft, to: outLeft + o * UNIT, at: outTop - 14, text: `o = ${o}` }),
  ];
  if (p > 0) {
    const ends = [left, left + (p + w) * UNIT];
    marks.push(
      ...ends.map((from) => mark(state, "p", { from, to: from + p * UNIT, at: top - 14, text: p })),
    );
  }
  if (o > 1) {
    const text = `s = ${s}`;
    marks.push(arrow(state, "s", { from: left, to: left + s * UNIT, at: bottom + 16, text }));
    const next = square("next", k * UNIT);
    next.setAttribute("x", left + s * UNIT);
    next.setAttribute("y", top);
    marks.push(next);
  }
  const picture = state.find(".picture");
  const wide = outLeft + o * UNIT + 12;
  picture.setAttribute("viewBox", `0 ${top - ROOM + 8} ${wide} ${side * UNIT + 2 * ROOM - 8}`);
  picture.replaceChildren(hatching(), ...cells, ...state.made, ...marks, state.window);
  picture.ariaLabel = fill(words.picture, values);
  state.made.forEach((cell, index) => {
    cell.onpointerenter = () => !state.playing && stand(state, index);
  });
}

// The window at one position; every output up to it is made.
function stand(state, index, whole = true) {
  const { o, s } = state.data.values;
  const [row, column] = [Math.floor(index / o), index % o];
  state.window.setAttribute("x", ROOM + column * s * UNIT);
  state.window.setAttribute("y", ROOM + row * s * UNIT);
  state.made.forEach((cell, at) => {
    cell.classList.toggle("made", whole ? at === index : at <= index);
  });
}

const term = (state, name, text) => {
  const button = element("button", { type: "button", className: "term", textContent: text });
  point(state, button, name);
  return button;
};

function formulaLine(state, texts, className) {
  const { w, p, k, s, o } = texts;
  const top = element(
    "span",
    {},
    term(state, "w", w),
    " − ",
    term(state, "k", k),
    " + 2·",
    term(state, "p", p),
  );
  const fraction = element("span", { className: "fraction" }, top, term(state, "s", s));
  const bracket = (textContent) => element("span", { className: "floor", textContent });
  return [
    element("span", { className }, term(state, "o", o)),
    "=",
    element("span", { className }, bracket("⌊"), fraction, bracket("⌋"), " + 1"),
  ].map((part) => (typeof part === "string" ? element("span", { textContent: part }) : part));
}

export default function ({ data, parentElement }) {
  const state = stateOf(parentElement);
  const before = JSON.stringify(state.data?.values);
  state.data = data;
  draw(state);
  const letters = { w: "w", p: "p", k: "k", s: "s", o: "o" };
  state
    .find(".formula")
    .replaceChildren(
      ...formulaLine(state, letters, "letters"),
      ...formulaLine(state, data.values, "numbers"),
    );
  light(state, null);
  const last = data.values.o ** 2 - 1;
  const slide = (share) => {
    stand(state, stays(Math.floor(share * (last + 1)), last), false);
    if (share < 1) return;
    // At rest in the first position, beside the next one, with the whole map made.
    stand(state, 0);
    for (const cell of state.made) cell.classList.add("made");
  };
  const again = replayButton(data.words.again, () => playFor(state, SECONDS, slide));
  state.find(".again").replaceChildren(again);
  if (state.hasPlayed && before !== JSON.stringify(data.values)) playFor(state, SECONDS / 2, slide);
  else if (state.hasPlayed) slide(1);
  playOnce(state, SECONDS, slide);
  return () => stopPlaying(state);
}
