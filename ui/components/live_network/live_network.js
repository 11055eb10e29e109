// The network as columns of maps with the strongest lines between them; it lights up from left to
// right whenever another digit, or another network, is at work.

import { element, redrawing, stateOf } from "../elements.js";
import { mix, readTheme } from "../theme.js";
import {
  decode,
  drawNet,
  layOut,
  lightUp,
  paintColumn,
  pointAt,
  setWaiting,
  VIVID,
} from "./net.js";
import { adoptPad, drawPad, wirePad } from "./pad.js";

const SIDE = 28;
const FAINT_INK = 0.3; // of the digit below the colours

function showAnswer(state) {
  const { outputs, verdict } = state.data;
  setWaiting(state, !state.data.is_lit);
  state.find(".verdict output").textContent = verdict.text;
  state.find(".prediction").textContent = verdict.text;
  state.find(".remark").textContent = verdict.remark;
  [...state.find(".outputs").children].forEach((row, digit) => {
    row.classList.toggle("best", digit === outputs.best);
    row.querySelector("i").style.setProperty("--share", `${100 * outputs.shares[digit]}%`);
  });
}

function makeOutput(state, digit, choosable) {
  const name = element("span", { textContent: digit });
  const track = element("span", { className: "track" }, element("i"));
  if (!choosable) return element("div", { role: "img" }, name, track);
  const onclick = () => state.trigger("chosen", digit);
  return element("button", { type: "button", onclick }, name, element("em"), track, element("em"));
}

function showOutputs(state) {
  const { outputs, words } = state.data;
  const box = state.find(".outputs");
  const choosable = outputs.chosen !== null;
  box.ariaLabel = words.outputs;
  box.classList.toggle("sums", choosable);
  if (!box.children.length) {
    box.append(...outputs.shares.map((_, digit) => makeOutput(state, digit, choosable)));
  }
  [...box.children].forEach((row, digit) => {
    row.ariaLabel = outputs.spoken[digit];
    if (!choosable) return;
    const [sum, share] = row.querySelectorAll("em");
    sum.textContent = outputs.sums[digit];
    share.textContent = outputs.texts[digit];
    row.ariaPressed = String(digit === outputs.chosen);
  });
}

// The digit as the network was given it, in the colours of what spoke for an output and against it.
function showReasons(state) {
  const { reasons } = state.data;
  state.find(".reasons").hidden = !reasons;
  state.find(".live").classList.toggle("reasoned", Boolean(reasons));
  if (!reasons) return;
  const { theme } = state;
  const ink = Uint8Array.from(atob(reasons.ink), (sign) => sign.charCodeAt(0));
  const values = decode(reasons.values);
  const canvas = state.find(".reasons canvas");
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(SIDE, SIDE);
  for (let at = 0; at < ink.length; at += 1) {
    const drawn = mix(theme.paper, theme.ink, (FAINT_INK * ink[at]) / 255);
    const share = Math.abs(values[at] / 127) ** VIVID;
    const color = mix(drawn, values[at] < 0 ? theme.minus : theme.plus, share);
    pixels.data.set([...color, 255], 4 * at);
  }
  context.putImageData(pixels, 0, 0);
  canvas.ariaLabel = reasons.caption;
  state.find(".reasons figcaption").textContent = reasons.caption;
}

function adoptNet(state) {
  const { data } = state;
  state.layout = layOut(state);
  state.pictures = data.columns.map((column, place) =>
    column.values
      ? paintColumn(state.layout.columns[place], decode(column.values), state.theme)
      : null,
  );
  state.find(".net canvas").setAttribute("aria-label", data.words.net);
  state.dimmed = false;
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const state = stateOf(parentElement);
  const before = state.data?.stamp;
  state.mount ??= Math.random().toString(36).slice(2);
  state.lines ??= [];
  state.pen ??= { at: [168, 168] };
  const theme = readTheme(parentElement);
  Object.assign(state, { data, send: setStateValue, trigger: setTriggerValue, theme });
  showOutputs(state);
  adoptNet(state);
  wirePad(state);
  adoptPad(state);
  showReasons(state);
  const net = state.find(".net");
  net.onpointermove = (event) => pointAt(state, event);
  net.onpointerleave = () => {
    state.pointed = null;
    drawNet(state, Infinity);
  };
  if (before !== data.stamp) lightUp(state, () => showAnswer(state));
  else {
    drawNet(state, Infinity);
    showAnswer(state);
  }
  const stop = redrawing(state, ".live", () => {
    state.layout = layOut(state);
    if (!state.frame) drawNet(state, Infinity);
    drawPad(state);
  });
  return () => {
    stop();
    cancelAnimationFrame(state.frame);
  };
}
