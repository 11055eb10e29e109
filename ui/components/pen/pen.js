// The canvas waits a fifth of a second after a stroke before it reports it; its toolbar has a button
// that makes it report at once. That button is pressed here whenever the pen lifts: by a listener of
// the window, which comes after the canvas's own, when the stroke is among its objects.

const REPORT = 'button[aria-label="Update the app with this drawing"]';

export default function () {
  let root = null; // of the canvas that the pen is on
  const down = (event) => {
    const path = event.composedPath();
    const isOnCanvas = path[0] instanceof Element && path[0].matches("canvas.upper-canvas");
    root = isOnCanvas ? path[0].getRootNode() : null;
  };
  const up = () => {
    root?.querySelector(REPORT)?.click();
    root = null;
  };
  const listeners = { mousedown: down, touchstart: down, mouseup: up, touchend: up };
  for (const [name, listener] of Object.entries(listeners))
    window.addEventListener(name, listener, { passive: true });
  return () => {
    for (const [name, listener] of Object.entries(listeners))
      window.removeEventListener(name, listener);
  };
}
