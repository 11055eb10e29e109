// The confusion matrix: rows are what is shown, columns what is read; every cell is a button.

export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  const mistakes = data.counts.flatMap((row, label) => row.filter((_, said) => said !== label));
  const most = Math.max(1, ...mistakes);

  const makeCell = (count, label, said) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = count === 0 ? "·" : count;
    button.className = label === said ? "right" : count > 0 ? "wrong" : "none";
    // By the logarithm: one mistake must be seen beside twenty.
    button.style.setProperty("--share", `${Math.round(18 + 62 * (Math.log1p(count) / Math.log1p(most)))}%`);
    button.title = `${count} × ${label} read as ${said}`;
    button.setAttribute("aria-label", button.title);
    button.setAttribute("aria-pressed", String(data.label === label && data.prediction === said));
    button.tabIndex = label + said === 0 ? 0 : -1;
    button.dataset.cell = `${label}-${said}`;
    button.onclick = () => setTriggerValue("clicked", { label, prediction: said });
    const cell = document.createElement("td");
    cell.append(button);
    return cell;
  };
  const head = (text, scope) => Object.assign(document.createElement("th"), { textContent: text, scope });
  const row = (...cells) => {
    const made = document.createElement("tr");
    made.append(...cells);
    return made;
  };

  const focused = table.getRootNode().activeElement?.dataset?.cell;
  const caption = Object.assign(document.createElement("caption"), { textContent: "shown ↓   read as →" });
  table.replaceChildren(
    caption,
    row(head("", "col"), ...data.counts.map((_, said) => head(said, "col"))),
    ...data.counts.map((counts, label) =>
      row(head(label, "row"), ...counts.map((count, said) => makeCell(count, label, said)))),
  );
  const find = (label, said) => table.querySelector(`[data-cell="${label}-${said}"]`);
  if (focused) find(...focused.split("-"))?.focus();

  table.onkeydown = (event) => {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    const cell = event.target.dataset.cell;
    if (!step || !cell) return;
    event.preventDefault();
    const [label, said] = cell.split("-").map(Number);
    const next = find(label + step[0], said + step[1]);
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
}
