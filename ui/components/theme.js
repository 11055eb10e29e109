// Colours, each as red, green and blue: the theme's and those of ui/colours.css, and mixtures.

const probe = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

function toRgb(color) {
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = color;
  probe.fillRect(0, 0, 1, 1);
  return [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

export function readTheme(parentElement) {
  const style = getComputedStyle(parentElement.host ?? parentElement);
  const read = (name) => toRgb(style.getPropertyValue(name).trim());
  return {
    paper: read("--st-background-color"),
    panel: read("--st-secondary-background-color"),
    ink: read("--st-text-color"),
    plus: read("--plus"),
    minus: read("--minus"),
    chosen: read("--chosen"),
    font: style.getPropertyValue("--st-font").trim() || "sans-serif",
  };
}

export const css = ([red, green, blue], alpha = 1) => `rgba(${red}, ${green}, ${blue}, ${alpha})`;

export const mix = (from, to, share) =>
  from.map((part, index) =>
    Math.round(part + (to[index] - part) * Math.min(Math.max(share, 0), 1)),
  );

export const isDark = ([red, green, blue]) => 0.299 * red + 0.587 * green + 0.114 * blue < 140;

// A picture is ink on paper: its lowest value is the page's background, its highest the text colour.
export const inkScale = (theme, low, high) => (value) =>
  mix(theme.paper, theme.ink, high > low ? (value - low) / (high - low) : 0);

// Weights and maps have a sign: blue above zero, orange below, and stronger further away.
export const signScale = (theme, largest) => (value) =>
  mix(theme.panel, value < 0 ? theme.minus : theme.plus, largest && Math.abs(value) / largest);

// The same for an element of the class `tinted`; the largest value gets so many percent of colour.
export function tintBySign(element, value, largest, percent) {
  element.style.setProperty("--tint", value < 0 ? "var(--minus)" : "var(--plus)");
  element.style.setProperty("--strength", `${Math.round((Math.abs(value) / largest) * percent)}%`);
}
