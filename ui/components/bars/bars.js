// Ten bars that glide to their new lengths; a thin mark shows where they would be otherwise.

export default function ({ data, parentElement }) {
  const bars = parentElement.querySelector(".bars");
  if (bars.children.length === 0) {
    for (let digit = 0; digit < 10; digit += 1) {
      const make = (tag, name) => Object.assign(document.createElement(tag), { className: name });
      const track = make("span", "track");
      track.append(make("i", ""), make("u", ""));
      bars.append(Object.assign(make("span", "digit"), { textContent: digit }), track, make("span", "share"));
    }
  }
  const most = Math.max(...data.probabilities);
  const best = most > 0 ? data.probabilities.indexOf(most) : -1;
  data.probabilities.forEach((probability, digit) => {
    const [name, track, share] = [0, 1, 2].map((part) => bars.children[3 * digit + part]);
    const percent = (100 * probability).toFixed(1);
    name.classList.toggle("best", digit === best);
    track.children[0].style.width = `${percent}%`;
    track.children[1].style.left = `${100 * (data.otherwise?.[digit] ?? 0)}%`;
    track.children[1].hidden = !data.otherwise;
    share.textContent = `${percent} %`;
  });
  bars.setAttribute("aria-label", data.spoken);
}
