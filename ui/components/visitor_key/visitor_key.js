// A random key that this browser keeps for this app alone: by it a visitor is known again.

const NAME = "visitor-key";

function keptKey() {
  try {
    const kept = localStorage.getItem(NAME);
    if (kept) return kept;
    const numbers = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is for https alone
    const made = Array.from(numbers, (number) => number.toString(16).padStart(2, "0")).join("");
    localStorage.setItem(NAME, made);
    return made;
  } catch {
    return ""; // a browser that keeps nothing
  }
}

export default function ({ data, setStateValue }) {
  const key = keptKey();
  if (key !== data.known) setStateValue("visitor", key);
}
