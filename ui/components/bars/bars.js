// Ten bars that glide to their new lengths; a thin mark shows where they would be otherwise.

import { element } from "../elements.js";

const makeBar = (digit) => [
  element("span", { textContent: digit }),
  element("span", { className: "track" }, element("i"), element("u")),
  element("span", { className: "share" }),
];

export default function ({ data, parentElement }) {
  const bars = parentElement.querySelector(".bars");
  const { probabilities, otherwise } = data;
  if (bars.children.length === 0)
    bars.append(...probabilities.flatMap((_, digit) => makeBar(digit)));
  const most = Math.max(...probabilities);
  const best = most > 0 ? probabilities.indexOf(most) : -1;
  probabilities.forEach((probability, digit) => {
    const [name, track, share] = [0, 1, 2].map((part) => bars.children[3 * digit + part]);
    const [bar, mark] = track.children;
    const percent = (100 * probability).toFixed(1);
    name.classList.toggle("best", digit === best);
    bar.style.width = `${percent}%`;
    mark.style.left = `${100 * (otherwise?.[digit] ?? 0)}%`;
    mark.hidden = !otherwise;
    share.textContent = `${percent}%`;
  });
  bars.ariaLabel = data.spoken;
}
