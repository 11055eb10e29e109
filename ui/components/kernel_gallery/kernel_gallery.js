// Kernels and the maps they make, small; where one is chosen, each is a button.

import { element, pressable } from "../elements.js";
import { drawGrid } from "../grid.js";
import { largestOf } from "../numbers.js";
import { readTheme, signScale } from "../theme.js";

const KERNEL_SHARE = 0.55; // of the side of the map below it

function drawSmall(values, side, theme) {
  const canvas = element("canvas");
  const cell = Math.max(1, Math.floor(side / values.length));
  drawGrid(canvas, {
    values,
    cell,
    theme,
    tint: signScale(theme, largestOf(values)),
    numbers: false,
  });
  return canvas;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const theme = readTheme(parentElement);
  const gallery = parentElement.querySelector(".gallery");
  const place = [...gallery.children].indexOf(gallery.getRootNode().activeElement);
  const isChoice = data.chosen !== null;
  gallery.ariaLabel = data.label;
  gallery.replaceChildren(
    ...data.items.map(({ name, spoken, kernel, map }, index) => {
      const item = isChoice
        ? pressable("", index === data.chosen, () => setTriggerValue("clicked", index))
        : element("span", { role: "img" });
      item.ariaLabel = spoken;
      item.title = name;
      const kernelSide = data.side * (map ? KERNEL_SHARE : 1);
      if (kernel) item.append(drawSmall(kernel, kernelSide, theme));
      if (map) item.append(drawSmall(map, data.side, theme));
      if (isChoice && name) item.append(element("span", { textContent: name }));
      return item;
    }),
  );
  gallery.children[place]?.focus();
}
