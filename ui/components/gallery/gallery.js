// Kernels and the maps they make, small, to choose from.

export default function ({ data, parentElement, setTriggerValue }) {
  const theme = readTheme(parentElement);
  const gallery = parentElement.querySelector(".gallery");
  gallery.setAttribute("aria-label", data.label);
  if (gallery.children.length !== data.items.length) {
    gallery.replaceChildren(...data.items.map(() => Object.assign(document.createElement("button"), { type: "button" })));
  }
  data.items.forEach((item, index) => {
    const button = gallery.children[index];
    const grids = [item.kernel, item.map].filter(Boolean).map((values, place, all) => {
      const canvas = document.createElement("canvas");
      const side = place === all.length - 1 ? data.side : data.side * 0.55;
      const cell = Math.max(1, Math.floor(side / values.length));
      drawGrid(canvas, { values, cell, theme, tint: signScale(theme, largestOf(values)), numbers: false });
      return canvas;
    });
    const name = Object.assign(document.createElement("span"), { textContent: item.name });
    button.replaceChildren(...grids, name);
    button.setAttribute("aria-label", item.name);
    button.setAttribute("aria-pressed", String(index === data.chosen));
    button.onclick = () => setTriggerValue("clicked", index);
  });
}
