// The way through the lesson. Every stop is a real link; a plain click on it spares the reload.

import { element, stateOf } from "../elements.js";

const TICK = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="m3 8.5 3.5 3.5L13 4.5"/></svg>';
const BACK = ["ArrowLeft", "PageUp"];
const ON = ["ArrowRight", "PageDown"];
// What uses arrow keys itself while it has the focus.
const OWNS_ARROWS =
  "input, select, textarea, canvas, [role=radio], [role=slider], [role=tab], [role=listbox], [contenteditable=true]";

const LOOK_MS = 700;
const TRIES = [3, 12, 48]; // looks that the page may lag behind, ever longer: a slow one needs peace

function goTo(state, number) {
  state.asked = number;
  state.looks = 0;
  state.trigger("stop", number);
}

// What the browser sends before it has learned of a new address takes the page back to the old one,
// and the address stays; and a message that overtakes a click may swallow it. After a while the page
// goes where it was asked to, or where its address says.
function keepToWhatWasAsked(state) {
  const { current, stops } = state.data;
  const wanted = state.asked ?? Number(new URLSearchParams(window.location.search).get("stop"));
  const isAstray = wanted !== current && stops.some(({ number }) => number === wanted);
  state.looks = isAstray ? state.looks + 1 : 0;
  if (TRIES.includes(state.looks)) state.trigger("stop", wanted);
}

function follow(state, anchor, stop) {
  anchor.role = stop ? null : "link"; // which nothing is that leads nowhere
  anchor.ariaDisabled = stop ? null : "true";
  if (!stop) return anchor.removeAttribute("href");
  anchor.href = stop.href;
  anchor.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    goTo(state, stop.number);
  };
}

function makeItem() {
  const name = element("span", { className: "name" });
  return element("li", {}, element("a", {}, element("b"), name));
}

// In place: a link that is pressed, or has the focus, must not give way to another.
function fillItem(state, stop, place) {
  const anchor = state.find("ol").children[place].firstChild;
  const [number, name] = anchor.children;
  if (stop.is_done) number.innerHTML = TICK;
  else number.textContent = stop.number;
  name.textContent = stop.name;
  anchor.ariaLabel = stop.spoken;
  anchor.ariaCurrent = stop.number === state.data.current ? "page" : null;
  anchor.classList.toggle("done", stop.is_done);
  follow(state, anchor, stop);
}

function beside(state, step) {
  const { stops, current } = state.data;
  return stops[stops.findIndex(({ number }) => number === current) + step];
}

function onKey(state, event) {
  const step = BACK.includes(event.key) ? -1 : ON.includes(event.key) ? 1 : 0;
  if (
    !step ||
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.shiftKey
  )
    return;
  const focused = event.composedPath()[0];
  const owner = focused instanceof Element && focused.closest(OWNS_ARROWS);
  if (owner && (event.key.startsWith("Arrow") || owner.matches("[role=slider], input"))) return;
  const stop = beside(state, step);
  if (!stop) return;
  event.preventDefault();
  goTo(state, stop.number);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const state = stateOf(parentElement);
  const { find } = state;
  if (!state.listen) {
    state.listen = (event) => onKey(state, event);
    document.addEventListener("keydown", state.listen);
    state.looks = 0;
    state.clock = setInterval(() => keepToWhatWasAsked(state), LOOK_MS);
  }
  Object.assign(state, { data, trigger: setTriggerValue });
  if (data.current === state.asked) state.asked = null;
  const { words } = data;
  find("nav").classList.toggle("presents", data.presents);
  find("nav").setAttribute("aria-label", words.label);
  const list = find("ol");
  if (list.children.length !== data.stops.length) list.replaceChildren(...data.stops.map(makeItem));
  for (const [place, stop] of data.stops.entries()) fillItem(state, stop, place);
  for (const [name, step] of [
    ["before", -1],
    ["next", 1],
  ]) {
    const anchor = find(`.${name}`);
    anchor.title = words[name];
    anchor.setAttribute("aria-label", words[name]);
    follow(state, anchor, beside(state, step));
  }
  const here = data.stops.find(({ number }) => number === data.current);
  find(".next").classList.toggle("ready", here.is_done);
  const present = find(".present");
  present.textContent = data.presents ? words.leave : words.present;
  present.onclick = () => setTriggerValue("presents", !data.presents);
  const print = find(".print");
  print.textContent = words.print;
  print.onclick = () => window.print();
  return () => {
    document.removeEventListener("keydown", state.listen);
    clearInterval(state.clock);
    state.listen = null;
  };
}
