// Reports that carry a number. The page answers each with its number (`reports.py`); data that are
// the answer to an older one know nothing of what the visitor has done since, and must not undo it.

// The next number of this mounted component, which is waited for from now on.
export function nextNumber(state, name) {
  state.mount ??= Math.random().toString(36).slice(2);
  state.count = (state.count ?? 0) + 1;
  state.awaited = { ...state.awaited, [name]: `${state.mount}-${state.count}` };
  return state.awaited[name];
}

// Tell the page a value by a name; `send` is what Streamlit gives a component for that.
export const report = (state, send, name, value) =>
  send(name, { number: nextNumber(state, name), value });

// Whether these data were made before the last report of this name was taken.
export const isOlder = (state, { answered }, name) =>
  Boolean(state.awaited?.[name]) && answered[name] !== state.awaited[name];
