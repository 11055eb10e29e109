// The confusion matrix: rows are what is shown, columns what is read; every cell is a button.

import { arrowStep, element, fill, pressable } from "../elements.js";

const head = (textContent, scope) => element("th", { textContent, scope });

function makeCell(data, label, said, most, send) {
  const count = data.counts[label][said];
  const isChosen = data.label === label && data.prediction === said;
  const button = pressable(count || "·", isChosen, () => send({ label, prediction: said }));
  // By the logarithm: one mistake must be seen beside twenty.
  const share = Math.log1p(count) / Math.log1p(most);
  button.style.setProperty("--share", `${Math.round(12 + 43 * share)}%`);
  button.className = label === said ? "right" : count > 0 ? "wrong" : "none";
  button.disabled = !data.clickable;
  button.title = button.ariaLabel = fill(data.words.cell, { count, label, said });
  button.tabIndex = label + said === 0 ? 0 : -1;
  button.dataset.cell = `${label}-${said}`;
  return element("td", {}, button);
}

function walk(table, event) {
  const cell = event.target.dataset.cell;
  const step = cell && arrowStep(event);
  if (!step) return;
  const [label, said] = cell.split("-").map(Number);
  const next = find(table, label + step[0], said + step[1]);
  if (!next) return;
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

const find = (table, label, said) => table.querySelector(`[data-cell="${label}-${said}"]`);

export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  const send = (cell) => setTriggerValue("clicked", cell);
  const mistakes = data.counts.flatMap((row, label) => row.filter((_, said) => said !== label));
  const most = Math.max(1, ...mistakes);
  const focused = table.getRootNode().activeElement?.dataset?.cell;
  const row = (...cells) => element("tr", {}, ...cells);
  table.ariaLabel = data.words.whole;
  table.replaceChildren(
    element("caption", { textContent: data.words.axes }),
    row(head("", "col"), ...data.counts.map((_, said) => head(said, "col"))),
    ...data.counts.map((counts, label) =>
      row(head(label, "row"), ...counts.map((_, said) => makeCell(data, label, said, most, send))),
    ),
  );
  if (focused) find(table, ...focused.split("-"))?.focus();
  table.onkeydown = (event) => walk(table, event);
}
