"""From pen lift to the bars that stay, in Chromium.

While the pen moves the bars change already, so that a change after the lift may answer a drawing
from before it. What counts is when the bars say for the first time what they go on saying: 0 where
they said it before the lift.
"""

import argparse
import time
from itertools import pairwise
from math import cos, sin
from statistics import fmean, median, quantiles

from playwright.sync_api import Page

from benchmarks import versions
from benchmarks.running_app import running_pages
from tests.browser.conftest import draw

MOVING_SECONDS = 4
SETTLED_SECONDS = 2.0  # after which nothing changes any more
AT_ONCE_MS = 20  # within which several elements change for one answer
STROKES = [
    [(0.3, 0.2), (0.7, 0.2), (0.45, 0.8)],
    [(0.42, 0.5), (0.68, 0.5)],
    [(0.2, 0.2), (0.8, 0.8)],
]

# Notes when the pen is lifted, and what the bars say from then on.
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
  addEventListener("mouseup", () => {
    Object.assign(times, { lift: performance.now(), said: [[0, times.bars.innerText]] });
  }, true);
  const changes = { subtree: true, childList: true, characterData: true, attributes: true };
  window.changes = [];
  new MutationObserver(() => {
    window.changes.push(performance.now());
    if (times.lift) times.said.push([performance.now() - times.lift, times.bars.innerText]);
  }).observe((times.bars = find(document, ".bars")), changes);
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
            draw(page, STROKES[0])  # a server's first answer imports PyTorch
            time.sleep(4)
            page.evaluate(WATCH)
        lifts: dict[str, list[float]] = {name: [] for name in pages}
        for number in range(options.lifts):
            for name, page in pages.items():
                lifts[name].append(time_lift(page, number))
        followed = {name: follow_pen(page) for name, page in pages.items()}
    for name in pages:
        report(name, lifts[name])
        print(f"  while the pen moves, the bars follow {followed[name]:.1f} times a second")
    if "before" in lifts:
        now, before = (fmean(lifts[name]) for name in ("now", "before"))
        print(f"now {now / before:.2f} of before in the mean")


def time_lift(page: Page, number: int) -> float:
    """Draw one more stroke; return the milliseconds to the bars that stay."""
    if number % len(STROKES) == 0:
        page.get_by_role("button", name="Clear").click()
        time.sleep(1)
    draw(page, STROKES[number % len(STROKES)])
    time.sleep(SETTLED_SECONDS)
    if not page.evaluate("times.bars.isConnected"):
        raise RuntimeError("The bars that were watched are no longer those of the page.")
    told: list[tuple[float, str]] = page.evaluate("times.said")
    stays = 0.0
    for (_, before), (at, after) in pairwise(told):
        if after != before and after == told[-1][1]:
            stays = at
    return stays


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


def report(name: str, lifts: list[float]) -> None:
    early = sum(lift == 0 for lift in lifts)
    print(
        f"{name}: {len(lifts)} pen lifts to the bars that stay, milliseconds: median "
        f"{median(lifts):.0f}, 95 % {quantiles(lifts, n=20)[-1]:.0f}; {early} said it at the lift"
    )
