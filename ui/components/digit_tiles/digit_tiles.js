// Digits in one picture, cut into tiles: a click tells a digit's index, arrow keys walk.

import { element, fill } from "../elements.js";

const span = (className, textContent = "") => element("span", { className, textContent });

const percent = (place, count) => `${count > 1 ? (100 * place) / (count - 1) : 0}%`;

function cutOut({ picture, columns, items }, place) {
  const rows = Math.ceil(items.length / columns);
  const [column, row] = [place % columns, Math.floor(place / columns)];
  const cut = span("picture");
  cut.style.backgroundImage = `url(${picture})`;
  cut.style.backgroundSize = `${100 * columns}% ${100 * rows}%`;
  cut.style.backgroundPosition = `${percent(column, columns)} ${percent(row, rows)}`;
  return cut;
}

function makeTile(data, item, place) {
  const isRead = item.said !== null;
  const isRight = item.said === item.truth;
  const tile = element(data.clickable ? "button" : "span", {
    className: `tile ${isRead ? (isRight ? "right" : "wrong") : "sample"}`,
    role: data.clickable ? "button" : "img",
    ariaLabel: item.spoken,
    title: item.spoken,
  });
  if (data.clickable) tile.tabIndex = place === 0 ? 0 : -1;
  tile.append(cutOut(data, place));
  if (isRead) {
    const words = span("words");
    words.append(span("said", `${item.said} ${isRight ? "✓" : "✗"}`));
    if (!isRight) words.append(span("truth", fill(data.truth, item)));
    tile.append(words);
  }
  if (item.doubtful) tile.append(span("doubt", "?"));
  return tile;
}

const WALK = {
  ArrowRight: () => 1,
  ArrowLeft: () => -1,
  ArrowDown: (_here, _last, across) => across,
  ArrowUp: (_here, _last, across) => -across,
  Home: (here) => -here,
  End: (here, last) => last - here,
};

function walk(tiles, event) {
  const here = tiles.indexOf(event.target);
  if (here < 0 || !(event.key in WALK)) return;
  event.preventDefault();
  const across = tiles.filter((tile) => tile.offsetTop === tiles[0].offsetTop).length;
  const next = tiles[here + WALK[event.key](here, tiles.length - 1, across)];
  if (!next) return;
  tiles[here].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

export default function ({ data, parentElement, setTriggerValue }) {
  const group = parentElement.querySelector(".tiles");
  group.ariaLabel = data.label;
  group.style.setProperty("--side", data.side);
  const signature = JSON.stringify(data);
  if (group.signature !== signature) {
    group.signature = signature;
    group.replaceChildren(...data.items.map((item, place) => makeTile(data, item, place)));
  }
  if (!data.clickable) return;
  const tiles = [...group.children];
  tiles.forEach((tile, place) => {
    tile.onclick = () => setTriggerValue("clicked", data.items[place].index);
  });
  group.onkeydown = (event) => walk(tiles, event);
}
