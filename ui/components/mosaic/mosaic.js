// Test digits in one picture, cut into buttons: a click tells the digit's index, arrow keys walk.

export default function ({ data, parentElement, setTriggerValue }) {
  const tiles = parentElement.querySelector(".tiles");
  tiles.setAttribute("aria-label", data.label);
  tiles.style.setProperty("--side", data.side);
  const rows = Math.ceil(data.items.length / data.columns);
  const share = (place, count) => (count > 1 ? (100 * place) / (count - 1) : 0);

  const makeTile = (item, place) => {
    const isSample = item.said === undefined;
    const right = item.said === item.truth;
    const button = document.createElement("button");
    button.type = "button";
    button.className = `tile ${isSample ? "sample" : right ? "right" : "wrong"}`;
    button.tabIndex = place === 0 ? 0 : -1;
    button.setAttribute("aria-label", item.spoken);
    button.title = item.spoken;
    const add = (name, text, parent = button) => {
      const part = Object.assign(document.createElement("span"), { className: name, textContent: text });
      parent.append(part);
      return part;
    };
    const picture = add("picture", "");
    picture.style.backgroundImage = `url(${data.picture})`;
    picture.style.backgroundSize = `${100 * data.columns}% ${100 * rows}%`;
    picture.style.backgroundPosition =
      `${share(place % data.columns, data.columns)}% ${share(Math.floor(place / data.columns), rows)}%`;
    if (!isSample) {
      const words = add("words", "");
      add("said", `${item.said} ${right ? "✓" : "✗"}`, words);
      if (!right) add("truth", `is ${item.truth}`, words);
    }
    if (item.doubtful) add("doubt", "?");
    button.onclick = () => setTriggerValue("clicked", item.index);
    return button;
  };

  const signature = JSON.stringify(data.items) + data.picture.length;
  if (tiles.dataset.signature !== signature) {
    tiles.dataset.signature = signature;
    tiles.replaceChildren(...data.items.map(makeTile));
  } else {
    data.items.forEach((item, place) => {
      tiles.children[place].onclick = () => setTriggerValue("clicked", item.index);
    });
  }

  const columnsOnScreen = () => {
    const top = tiles.children[0].offsetTop;
    return [...tiles.children].filter((tile) => tile.offsetTop === top).length;
  };
  tiles.onkeydown = (event) => {
    const here = [...tiles.children].indexOf(event.target);
    const last = tiles.children.length - 1;
    const steps = {
      ArrowRight: 1, ArrowLeft: -1, ArrowDown: columnsOnScreen(), ArrowUp: -columnsOnScreen(), Home: -here, End: last - here,
    };
    if (here < 0 || !(event.key in steps)) return;
    event.preventDefault();
    const next = here + steps[event.key];
    if (next < 0 || next > last) return;
    tiles.children[here].tabIndex = -1;
    tiles.children[next].tabIndex = 0;
    tiles.children[next].focus();
  };
}
