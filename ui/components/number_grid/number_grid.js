// A table of number fields: typed, walked with the arrow keys, or pasted from a spreadsheet.

// Null for what is no number or too large a one.
const parse = (text, largest) => {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return plain !== "" && Math.abs(Number(plain)) <= largest ? Number(plain) : null;
};

function paint(input, value, largest) {
  input.setAttribute("aria-invalid", String(value === null));
  input.style.setProperty("--tint", value < 0 ? "var(--st-orange-color)" : "var(--st-primary-color)");
  input.style.setProperty("--strength", `${Math.round((Math.abs(value ?? 0) / largest) * 45)}%`);
}

export default function ({ data, parentElement, setStateValue }) {
  const grid = parentElement.querySelector(".grid");
  const columns = data.numbers[0].length;
  grid.setAttribute("aria-label", data.label);
  grid.style.gridTemplateColumns = `repeat(${columns}, max-content)`;
  grid.classList.toggle("small", columns > 5);
  const wanted = data.numbers.flat();
  if (grid.children.length !== wanted.length) {
    grid.replaceChildren(...wanted.map(() => Object.assign(document.createElement("input"), { type: "text", inputMode: "text", autocomplete: "off" })));
  }
  const fields = [...grid.children];
  const read = () => fields.map((field) => parse(field.value, data.largest));
  const tint = () => {
    const values = read();
    const largest = Math.max(...values.map((value) => Math.abs(value ?? 0)), 1e-9);
    fields.forEach((field, index) => paint(field, values[index], largest));
    return values;
  };
  const hand = () => {
    const values = tint();
    if (values.includes(null)) return;
    setStateValue("numbers", data.numbers.map((_, row) => values.slice(row * columns, (row + 1) * columns)));
  };
  fields.forEach((field, index) => {
    field.setAttribute("aria-label", `row ${Math.floor(index / columns)}, column ${index % columns}`);
    if (field !== grid.getRootNode().activeElement && parse(field.value, data.largest) !== wanted[index]) field.value = String(wanted[index]).replace("-", "−");
    field.oninput = tint;
    field.onchange = hand;
    field.onfocus = () => field.select();
    field.onkeydown = (event) => {
      const step = { ArrowUp: -columns, ArrowDown: columns, Enter: columns }[event.key];
      if (!step) return;
      event.preventDefault();
      (fields[index + step] ?? field).focus();
      if (event.key === "Enter") hand();
    };
    field.onpaste = (event) => {
      const lines = event.clipboardData.getData("text").trim().split(/\r?\n/).map((line) => line.split(/[\t; ]+/));
      if (lines.length === 1 && lines[0].length === 1) return;
      event.preventDefault();
      lines.forEach((line, row) => line.forEach((text, column) => {
        const target = fields[index + row * columns + column];
        if (target && (index % columns) + column < columns) target.value = text;
      }));
      hand();
    };
  });
  tint();
}
