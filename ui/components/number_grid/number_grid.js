// A table of number fields: typed, walked with the arrow keys, or pasted from a spreadsheet.

import { isOlder, report } from "../answers.js";
import { element, fill, stateOf } from "../elements.js";
import { tintBySign } from "../theme.js";

// Null for what is no number or too large a one.
const parse = (text, largest) => {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return plain !== "" && Math.abs(Number(plain)) <= largest ? Number(plain) : null;
};

const makeField = () =>
  element("input", { type: "text", inputMode: "text", autocomplete: "off", className: "tinted" });

const cellsOf = (text) =>
  text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(/[\t; ]+/));

export default function ({ data, parentElement, setStateValue }) {
  const state = stateOf(parentElement);
  const grid = state.find(".grid");
  const columns = data.numbers[0].length;
  const wanted = data.numbers.flat();
  grid.ariaLabel = data.label;
  grid.style.gridTemplateColumns = `repeat(${columns}, max-content)`;
  grid.classList.toggle("small", columns > 5);
  const isOtherSize = grid.children.length !== wanted.length;
  if (isOtherSize) grid.replaceChildren(...wanted.map(makeField));
  const fields = [...grid.children];
  const isTypedSince = !isOtherSize && isOlder(state, data, "numbers");
  const read = () => fields.map((field) => parse(field.value, data.largest));

  const paint = () => {
    const values = read();
    const largest = Math.max(...values.map(Math.abs), 1e-9);
    fields.forEach((field, index) => {
      field.ariaInvalid = String(values[index] === null);
      tintBySign(field, values[index], largest, 45);
    });
    return values;
  };
  const send = () => {
    const values = paint();
    if (values.includes(null)) return;
    const rows = data.numbers.map((_, row) => values.slice(row * columns, (row + 1) * columns));
    report(state, setStateValue, "numbers", rows);
  };
  const walk = (event, index) => {
    const step = { ArrowUp: -columns, ArrowDown: columns, Enter: columns }[event.key];
    if (!step) return;
    event.preventDefault();
    (fields[index + step] ?? fields[index]).focus();
    if (event.key === "Enter") send();
  };
  const paste = (event, index) => {
    const lines = cellsOf(event.clipboardData.getData("text"));
    if (lines.length === 1 && lines[0].length === 1) return;
    event.preventDefault();
    lines.forEach((line, row) => {
      line.forEach((text, column) => {
        const target = fields[index + row * columns + column];
        if (target && (index % columns) + column < columns) target.value = text;
      });
    });
    send();
  };

  fields.forEach((field, index) => {
    const isTypedIn = field === grid.getRootNode().activeElement;
    if (!isTypedSince && !isTypedIn && parse(field.value, data.largest) !== wanted[index]) {
      field.value = String(wanted[index]).replace("-", "−");
    }
    Object.assign(field, {
      ariaLabel: fill(data.at, {
        row: Math.floor(index / columns) + 1,
        column: (index % columns) + 1,
      }),
      oninput: paint,
      onchange: send,
      onfocus: () => field.select(),
      onkeydown: (event) => walk(event, index),
      onpaste: (event) => paste(event, index),
    });
  });
  paint();
}
