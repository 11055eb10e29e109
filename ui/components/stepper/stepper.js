// Moving the window: by slider, buttons, keys, play, pointer; and painting on the input.

const mounted = new WeakMap();
const REPORT_AFTER_MS = 500; // the address follows once the window has come to rest


function moveTo(state, position) {
  const { output } = state.data;
  state.position = [stays(position[0], output.length - 1), stays(position[1], output[0].length - 1)];
  show(state);
  if (!state.timer) reportSoon(state);
}

function stepBy(state, steps) {
  const width = state.data.output[0].length;
  const index = stays(indexOf(state, state.position) + steps, state.data.output.length * width - 1);
  moveTo(state, [Math.floor(index / width), index % width]);
}

function reportSoon(state) {
  clearTimeout(state.report);
  state.report = setTimeout(() => {
    const position = state.position.join(",");
    if (position !== state.reported) state.send("position", position);
    state.reported = position;
  }, REPORT_AFTER_MS);
}

function setPlaying(state, playing) {
  cancelAnimationFrame(state.timer);
  state.timer = null;
  const last = state.data.output.length * state.data.output[0].length - 1;
  if (playing) {
    if (indexOf(state, state.position) === last) state.position = [0, 0];
    let before = performance.now();
    const tick = (now) => {
      const steps = Math.floor(((now - before) * Number(state.find("select").value)) / 1000);
      state.timer = requestAnimationFrame(tick);
      if (steps) {
        before = now;
        stepBy(state, steps);
        if (indexOf(state, state.position) === last) setPlaying(state, false);
      }
    };
    state.timer = requestAnimationFrame(tick);
  } else {
    reportSoon(state);
  }
  const button = state.find(".play");
  button.textContent = playing ? "Pause" : "Play";
  button.setAttribute("aria-label", playing ? "Pause (space bar)" : "Play (space bar)");
  state.find(".total").setAttribute("aria-live", playing ? "off" : "polite");
  show(state);
}

const KEYS = {
  ArrowLeft: (state) => stepBy(state, -1),
  ArrowRight: (state) => stepBy(state, 1),
  ArrowUp: (state) => moveTo(state, [state.position[0] - 1, state.position[1]]),
  ArrowDown: (state) => moveTo(state, [state.position[0] + 1, state.position[1]]),
  Home: (state) => moveTo(state, [0, 0]),
  End: (state) => moveTo(state, [Infinity, Infinity]),
  " ": (state) => setPlaying(state, !state.timer),
};

function onKey(state, event) {
  const typed = event.target.closest("button, select");
  if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  if (typed && (event.key === " " || typed.matches("select"))) return;
  event.preventDefault();
  state.hovered = null;
  KEYS[event.key](state);
}

// The cell under the pointer, also when it has left the canvas while pressed.
function cellUnder(canvas, event, cell) {
  const box = canvas.getBoundingClientRect();
  return [(event.clientY - box.top) / cell, (event.clientX - box.left) / cell];
}

// The output position whose window is centred nearest to a place on the input.
function windowAround({ data }, [y, x]) {
  const half = ((data.kernel.length - 1) * data.dilation + 1) / 2;
  const [height, width] = [data.output.length, data.output[0].length];
  const nearest = (place, length) => stays(Math.round((place - half) / data.stride), length - 1);
  return [nearest(y, height), nearest(x, width)];
}

function followPointer(state, canvas, positionUnder) {
  const clamp = ([row, column]) => [
    stays(row, state.data.output.length - 1), stays(column, state.data.output[0].length - 1),
  ];
  const under = (event) => clamp(positionUnder(cellUnder(canvas, event, state.cell)));
  canvas.onpointermove = (event) => {
    if (state.timer || state.painting) return;
    if (event.pointerType === "touch" || event.buttons) moveTo(state, under(event));
    else {
      state.hovered = under(event);
      show(state);
    }
  };
  canvas.onpointerleave = () => {
    state.hovered = null;
    show(state);
  };
  canvas.onclick = (event) => {
    if (state.data.paintable && canvas.closest(".input")) return;
    state.hovered = null;
    moveTo(state, under(event));
  };
}

function adopt(state, { data: sent, parentElement, setStateValue }) {
  const data = structuredClone(sent);
  const first = !state.data;
  if (state.painting) Object.assign(data, { padded: state.data.padded, output: state.data.output });
  const before = state.data?.output;
  Object.assign(state, { data, send: setStateValue, theme: readTheme(parentElement) });
  if (first) {
    state.position = data.position;
    state.find("select").value = matchMedia("(prefers-reduced-motion: reduce)").matches ? "2" : data.speed;
  } else if (before.length !== data.output.length || before[0].length !== data.output[0].length) {
    // The same place in the picture, in the new map.
    state.position = [
      Math.round((state.position[0] * data.output.length) / before.length),
      Math.round((state.position[1] * data.output[0].length) / before[0].length),
    ];
  }
  state.hovered = state.tap = null;
  state.position = [stays(state.position[0], data.output.length - 1), stays(state.position[1], data.output[0].length - 1)];
  state.reported ??= state.position.join(",");
  state.find("input[type=range]").max = data.output.length * data.output[0].length - 1;
}

function wire(state) {
  const on = (selector, act) => (state.find(selector).onclick = () => act());
  on(".first", () => moveTo(state, [0, 0]));
  on(".back", () => stepBy(state, -1));
  on(".forward", () => stepBy(state, 1));
  on(".last", () => moveTo(state, [Infinity, Infinity]));
  on(".play", () => setPlaying(state, !state.timer));
  const range = state.find("input[type=range]");
  range.oninput = () => stepBy(state, Number(range.value) - indexOf(state, state.position));
  state.find(".stepper").onkeydown = (event) => onKey(state, event);
  state.point = (tap) => {
    state.tap = tap;
    drawInput(state);
    drawKernel(state);
  };
  followPointer(state, state.find(".input canvas"), (place) => windowAround(state, place));
  followPointer(state, state.find(".output canvas"), (place) => place.map(Math.floor));
}

export default function (component) {
  const { parentElement } = component;
  let state = mounted.get(parentElement);
  if (!state) {
    state = { find: (selector) => parentElement.querySelector(selector), timer: null };
    mounted.set(parentElement, state);
    state.observer = new ResizeObserver(() => {
      measure(state);
      show(state);
    });
  }
  adopt(state, component);
  wire(state);
  wirePainting(state);
  measure(state);
  label(state);
  setPlaying(state, Boolean(state.timer));
  state.observer.observe(state.find(".stepper"));
  return () => {
    state.observer.disconnect();
    cancelAnimationFrame(state.timer);
    clearTimeout(state.report);
    mounted.delete(parentElement);
  };
}
