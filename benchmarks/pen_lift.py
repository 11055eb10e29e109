"""From pen lift to changed bars, in Chromium: the whole, and our share of it.

The rest is the canvas component's own wait before it reports a stroke, measured as the time from
pen lift to the first message that the browser sends.
"""

import argparse
import time
from itertools import pairwise
from math import cos, sin
from statistics import median, quantiles

from playwright.sync_api import Page

from benchmarks import versions
from benchmarks.running_app import running_pages
from tests.browser.conftest import draw

MOVING_SECONDS = 4
AT_ONCE_MS = 20  # within which several elements change for one answer
STROKES = [
    [(0.3, 0.2), (0.7, 0.2), (0.45, 0.8)],
    [(0.42, 0.5), (0.68, 0.5)],
    [(0.2, 0.2), (0.8, 0.8)],
]

# Notes when the pen is lifted, when the browser next sends, and when a bar next changes.
WATCH = """
() => {
  const times = (window.times = {});
  const find = (root, selector) => {
    const found = root.querySelector(selector);
    if (found) return found;
    for (const element of root.querySelectorAll("*")) {
      const inner = element.shadowRoot && find(element.shadowRoot, selector);
      if (inner) return inner;
    }
    return null;
  };
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...data) {
    if (times.lift) times.sent ??= performance.now();
    return send.apply(this, data);
  };
  addEventListener("mouseup", () => {
    Object.assign(times, { lift: performance.now(), sent: undefined, bars: undefined });
  }, true);
  const changes = { subtree: true, childList: true, characterData: true, attributes: true };
  window.changes = [];
  new MutationObserver(() => {
    window.changes.push(performance.now());
    if (times.lift) times.bars ??= performance.now();
  }).observe(find(document, ".bars"), changes);
}
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lifts", type=int, default=60, help="of the pen (%(default)s)")
    versions.add_arguments(parser)


def run(options: argparse.Namespace) -> None:
    with running_pages("prediction", versions.projects(options)) as pages:
        for page in pages.values():
            page.locator(".bars .track").first.wait_for(timeout=60_000)
            time.sleep(2)
            page.evaluate(WATCH)
        lifts: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
        for number in range(options.lifts):
            for name, page in pages.items():
                lifts[name].append(time_lift(page, number))
        followed = {name: follow_pen(page) for name, page in pages.items()}
    for name in pages:
        report(name, lifts[name])
        print(f"  while the pen moves, the bars follow {followed[name]:.1f} times a second")
    if "before" in lifts:
        now, before = (median(whole for _, whole in lifts[name]) for name in ("now", "before"))
        print(f"now {now / before:.2f} of before")


def time_lift(page: Page, number: int) -> tuple[float, float]:
    """Draw one more stroke; return the milliseconds to the report and to the changed bars."""
    if number % len(STROKES) == 0:
        page.get_by_role("button", name="Clear").click()
        time.sleep(1)
    draw(page, STROKES[number % len(STROKES)])
    page.wait_for_function("times.bars", timeout=10_000)
    waited, whole = page.evaluate("[times.sent - times.lift, times.bars - times.lift]")
    time.sleep(0.3)
    return waited, whole


def follow_pen(page: Page) -> float:
    """Draw for a while without lifting the pen; return how often a second the bars followed."""
    page.get_by_role("button", name="Clear").click()
    time.sleep(1)
    box = page.locator("canvas.upper-canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.evaluate("window.changes.length = 0")
    begun = time.perf_counter()
    while (seconds := time.perf_counter() - begun) < MOVING_SECONDS:
        angle = 5 * seconds
        page.mouse.move(
            box["x"] + box["width"] * (0.5 + 0.3 * sin(angle)),
            box["y"] + box["height"] * (0.5 - 0.3 * cos(angle)),
        )
    times = [0.0, *page.evaluate("window.changes")]
    page.mouse.up()
    time.sleep(1)
    answers: int = sum(after - before > AT_ONCE_MS for before, after in pairwise(times))
    return answers / seconds


def report(name: str, lifts: list[tuple[float, float]]) -> None:
    waits, wholes = zip(*lifts, strict=True)
    shares = [whole - wait for wait, whole in lifts]
    print(f"{name}: {len(lifts)} pen lifts, milliseconds")
    for title, values in (
        ("pen lift to changed bars", wholes),
        ("of which the canvas waits", waits),
        ("and ours is", shares),
    ):
        print(f"  {title:26} median {median(values):4.0f}, 95 % {quantiles(values, n=20)[-1]:4.0f}")
