// Kernels and the maps they make, small, to choose from.

import { element, pressable } from "../elements.js";
import { drawGrid } from "../grid.js";
import { largestOf } from "../numbers.js";
import { readTheme, signScale } from "../theme.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const theme = readTheme(parentElement);
  const gallery = parentElement.querySelector(".gallery");
  const focused = gallery.getRootNode().activeElement;
  const place = [...gallery.children].indexOf(focused);
  gallery.ariaLabel = data.label;
  gallery.replaceChildren(
    ...data.items.map((item, index) => {
      const grids = [item.kernel, item.map].filter(Boolean);
      const button = pressable("", index === data.chosen, () => setTriggerValue("clicked", index));
      button.ariaLabel = item.name;
      button.append(
        ...grids.map((values, at) => {
          const canvas = element("canvas");
          const side = at === grids.length - 1 ? data.side : data.side * 0.55;
          const cell = Math.max(1, Math.floor(side / values.length));
          const tint = signScale(theme, largestOf(values));
          drawGrid(canvas, { values, cell, theme, tint, numbers: false });
          return canvas;
        }),
        element("span", { textContent: item.name }),
      );
      return button;
    }),
  );
  gallery.children[place]?.focus();
}
