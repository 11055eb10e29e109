// Digits in one picture, cut into tiles: a click tells the digit's index, arrow keys walk.

import { element } from "../elements.js";

const span = (className, textContent = "") => element("span", { className, textContent });

const percent = (place, count) => `${count > 1 ? (100 * place) / (count - 1) : 0}%`;

function makeTile(data, item, place) {
  const isRead = item.said !== undefined;
  const isRight = item.said === item.truth;
  const rows = Math.ceil(data.items.length / data.columns);
  const [column, row] = [place % data.columns, Math.floor(place / data.columns)];
  const picture = span("picture");
  Object.assign(picture.style, {
    backgroundImage: `url(${data.picture})`,
    backgroundSize: `${100 * data.columns}% ${100 * rows}%`,
    backgroundPosition: `${percent(column, data.columns)} ${percent(row, rows)}`,
  });
  const tile = element("button", {
    type: "button",
    className: `tile ${isRead ? (isRight ? "right" : "wrong") : "sample"}`,
    tabIndex: place === 0 ? 0 : -1,
    ariaLabel: item.spoken,
    title: item.spoken,
  });
  tile.append(picture);
  if (isRead) {
    const words = element("span", { className: "words" });
    words.append(span("said", `${item.said} ${isRight ? "✓" : "✗"}`));
    if (!isRight) words.append(span("truth", `is ${item.truth}`));
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
  const signature = JSON.stringify(data.items) + data.picture.length;
  if (group.dataset.signature !== signature) {
    group.dataset.signature = signature;
    group.replaceChildren(...data.items.map((item, place) => makeTile(data, item, place)));
  }
  const tiles = [...group.children];
  tiles.forEach((tile, place) => {
    tile.onclick = () => setTriggerValue("clicked", data.items[place].index);
  });
  group.onkeydown = (event) => walk(tiles, event);
}
