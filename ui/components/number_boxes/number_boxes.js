// A picture of what was written, a box round each digit; a click or an arrow key chooses one.

export default function ({ data, parentElement, setTriggerValue }) {
  const number = parentElement.querySelector(".number");
  number.style.setProperty("--width", `${data.width}px`);
  const picture = number.querySelector("img") ?? number.appendChild(document.createElement("img"));
  picture.alt = "What was written";
  if (picture.src !== data.picture) picture.src = data.picture;

  let buttons = [...number.querySelectorAll("button")];
  while (buttons.length > data.boxes.length) buttons.pop().remove();
  while (buttons.length < data.boxes.length) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.append(document.createElement("span"));
    buttons.push(number.appendChild(button));
  }
  data.boxes.forEach((box, place) => {
    const button = buttons[place];
    button.className = box.unread ? "unread" : box.cut ? "cut" : "";
    const [left, top, width, height] = box.place.map((share) => `${100 * share}%`);
    Object.assign(button.style, { left, top, width, height });
    button.firstChild.textContent = box.text;
    button.setAttribute("aria-label", box.spoken);
    button.setAttribute("aria-pressed", String(place === data.chosen));
    button.title = box.spoken;
    button.onclick = () => setTriggerValue("clicked", place);
  });
  number.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const target = buttons[buttons.indexOf(event.target) + step];
    if (!step || !target) return;
    event.preventDefault();
    target.focus();
    target.click();
  };
}
