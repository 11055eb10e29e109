// Elements, and what a component keeps from one run of the page to the next.

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

export const pressable = (text, isPressed, onclick) =>
  element("button", { type: "button", textContent: text, ariaPressed: String(isPressed), onclick });

// A sentence with its values in the places that carry their names: {name}.
export const fill = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

// Words to the elements that ask for them by name: as their text, or as their label and title.
export function say({ find }, root, words) {
  for (const one of find(root).querySelectorAll("[data-say]")) {
    one.textContent = words[one.dataset.say];
  }
  for (const one of [find(root), ...find(root).querySelectorAll("[data-label]")]) {
    one.ariaLabel = words[one.dataset.label];
    if (one.matches("button")) one.title = one.ariaLabel;
  }
}

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// Rows and columns that an arrow key goes on, which then scrolls no more; null for other keys.
export function arrowStep(event) {
  if (!(event.key in ARROWS)) return null;
  event.preventDefault();
  return ARROWS[event.key];
}

const hearing = new WeakSet();

// Let a canvas hear one pointer from where it comes down until it lifts: a palm that touches the
// canvas beside it, or another finger, is none. Asked for before the canvas's own listeners.
export function hearOnePointer(canvas) {
  if (hearing.has(canvas)) return;
  hearing.add(canvas);
  let held = -1; // no pointer has this number
  const hear = (event) => {
    const isAnother = event.pointerId !== held && canvas.hasPointerCapture(held);
    if (isAnother) event.stopImmediatePropagation();
    else if (event.type === "pointerdown") held = event.pointerId;
  };
  for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"])
    canvas.addEventListener(kind, hear, { capture: true });
}

const states = new WeakMap();

// What is kept for a mounted component: at first only how to find its elements.
export function stateOf(parentElement) {
  if (!states.has(parentElement)) {
    states.set(parentElement, { find: (selector) => parentElement.querySelector(selector) });
  }
  return states.get(parentElement);
}

// Draw again whenever the element gets another size; what is returned ends that.
export function redrawing(state, selector, redraw) {
  state.observer?.disconnect();
  state.observer = new ResizeObserver(redraw);
  state.observer.observe(state.find(selector));
  return () => state.observer.disconnect();
}
