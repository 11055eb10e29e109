// A picture of what was written, a box round each digit; a click or an arrow key chooses one.

import { arrowStep, element } from "../elements.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const number = parentElement.querySelector(".number");
  const picture = number.querySelector("img");
  number.style.setProperty("--width", `${data.width}px`);
  number.ariaLabel = data.words.whole;
  picture.alt = data.words.picture;
  if (picture.src !== data.picture) picture.src = data.picture;

  const buttons = [...number.querySelectorAll("button")];
  while (buttons.length > data.boxes.length) buttons.pop().remove();
  while (buttons.length < data.boxes.length) {
    const button = element("button", { type: "button" }, element("span"));
    buttons.push(number.appendChild(button));
  }
  data.boxes.forEach((box, place) => {
    const button = buttons[place];
    const [left, top, width, height] = box.place.map((share) => `${100 * share}%`);
    Object.assign(button.style, { left, top, width, height });
    Object.assign(button, {
      className: box.unread ? "unread" : box.cut ? "cut" : "",
      ariaLabel: box.spoken,
      ariaPressed: String(place === data.chosen),
      title: box.spoken,
      onclick: () => setTriggerValue("clicked", place),
    });
    button.firstChild.textContent = box.text;
  });
  number.onkeydown = (event) => {
    const [, step] = arrowStep(event) ?? [];
    const target = buttons[buttons.indexOf(event.target) + step];
    if (!step || !target) return;
    target.focus();
    target.click();
  };
}
