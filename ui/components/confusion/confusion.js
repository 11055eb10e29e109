// The confusion matrix: rows are what is shown, columns what is read; every cell is a button.

import { arrowStep, element, pressable } from "../elements.js";

const head = (textContent, scope) => element("th", { textContent, scope });

function makeCell(data, label, said, most, send) {
  const count = data.counts[label][said];
  const isChosen = data.label === label && data.prediction === said;
  const button = pressable(count || "·", isChosen, () => send({ label, prediction: said }));
  button.className = label === said ? "right" : count > 0 ? "wrong" : "none";
  // By the logarithm: one mistake must be seen beside twenty.
  const share = Math.log1p(count) / Math.log1p(most);
  button.style.setProperty("--share", `${Math.round(18 + 62 * share)}%`);
  button.title = button.ariaLabel = `${count} × ${label} read as ${said}`;
  button.tabIndex = label + said === 0 ? 0 : -1;
  button.dataset.cell = `${label}-${said}`;
  return element("td", {}, button);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  const send = (cell) => setTriggerValue("clicked", cell);
  const mistakes = data.counts.flatMap((row, label) => row.filter((_, said) => said !== label));
  const most = Math.max(1, ...mistakes);
  const focused = table.getRootNode().activeElement?.dataset?.cell;
  table.replaceChildren(
    element("caption", { textContent: "shown ↓   read as →" }),
    element("tr", {}, head("", "col"), ...data.counts.map((_, said) => head(said, "col"))),
    ...data.counts.map((counts, label) =>
      element(
        "tr",
        {},
        head(label, "row"),
        ...counts.map((_, said) => makeCell(data, label, said, most, send)),
      ),
    ),
  );
  const find = (label, said) => table.querySelector(`[data-cell="${label}-${said}"]`);
  if (focused) find(...focused.split("-"))?.focus();

  table.onkeydown = (event) => {
    const step = arrowStep(event);
    const cell = event.target.dataset.cell;
    if (!step || !cell) return;
    const [label, said] = cell.split("-").map(Number);
    const next = find(label + step[0], said + step[1]);
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
}
