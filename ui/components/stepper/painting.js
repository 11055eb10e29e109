// A pen that paints straight onto the input's pixels; the map follows while it moves.

const PEN_RADIUS = 1.35; // pixels of the picture; MNIST's strokes are about 2.5 wide

function paintAt(state, [y, x]) {
  const { data } = state;
  const last = data.padded.length - data.padding - 1;
  for (let row = data.padding; row <= last; row += 1) {
    for (let column = data.padding; column <= last; column += 1) {
      const distance = Math.hypot(row + 0.5 - y, column + 0.5 - x);
      const ink = stays(PEN_RADIUS + 0.5 - distance, 1);
      const before = data.padded[row][column];
      data.padded[row][column] = Number(
        (state.rubbing ? Math.min(before, 1 - ink) : Math.max(before, ink)).toFixed(2),
      );
    }
  }
}

// A fast pen skips pixels between two events: paint the line between them.
function paintLine(state, from, to) {
  const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) * 2));
  for (let step = 0; step <= steps; step += 1) {
    const share = step / steps;
    paintAt(state, [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
  }
}

// The same sum as the one written out below the picture, for every position.
function convolveAgain(state) {
  state.data.output = state.data.output.map((line, row) =>
    line.map((_, column) =>
      exact(termsAt(state, [row, column]).reduce((sum, { product }) => sum + product, state.data.bias)),
    ),
  );
}

function hand(state) {
  const { padded, padding } = state.data;
  const rows = padding ? padded.slice(padding, -padding) : padded;
  state.send("drawing", rows.map((row) => (padding ? row.slice(padding, -padding) : row)));
}

function wirePainting(state) {
  const canvas = state.find(".input canvas");
  const { paintable } = state.data;
  const isBlank = () => state.data.padded.every((row) => row.every((value) => value === 0));
  const refresh = () => {
    convolveAgain(state);
    state.find(".hint").hidden = !paintable || !isBlank();
    show(state);
  };
  state.find(".hint").hidden = !paintable || !isBlank();
  state.find(".pens").hidden = !paintable;
  state.find(".board").classList.toggle("painting", paintable);
  canvas.onpointerdown = (event) => {
    if (!paintable) return;
    setPlaying(state, false);
    canvas.setPointerCapture(event.pointerId);
    state.painting = cellUnder(canvas, event, state.cell);
    state.position = [state.data.output.length - 1, state.data.output[0].length - 1];
    state.hovered = windowAround(state, state.painting);
    paintAt(state, state.painting);
    refresh();
  };
  const follow = canvas.onpointermove;
  canvas.onpointermove = (event) => {
    if (!state.painting) return follow(event);
    const place = cellUnder(canvas, event, state.cell);
    paintLine(state, state.painting, place);
    state.painting = place;
    state.hovered = windowAround(state, place);
    refresh();
  };
  canvas.onpointerup = canvas.onpointercancel = () => {
    if (!state.painting) return;
    state.painting = null;
    hand(state);
    reportSoon(state);
  };
  for (const [selector, rubbing] of [[".pen", false], [".rubber", true]]) {
    const button = state.find(selector);
    button.setAttribute("aria-pressed", Boolean(state.rubbing) === rubbing);
    button.onclick = () => {
      state.rubbing = rubbing;
      for (const other of [".pen", ".rubber"]) state.find(other).setAttribute("aria-pressed", other === selector);
    };
  }
  state.find(".clear").onclick = () => {
    state.data.padded = state.data.padded.map((row) => row.map(() => 0));
    refresh();
    hand(state);
  };
}
