"""What the journeys through the lesson share: its parts, and ways to reach them without a mouse."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import settle

STOPS = range(1, 8)
MOST_TABS = 80
SECOND = """(rows) => rows
    .map((row, digit) => [Number(row.querySelector("em").textContent.replace("−", "-")), digit])
    .sort(([one], [other]) => other - one)[1][1]"""

# The element that has the focus, inside of whatever component.
_FOCUSED = """() => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    const text = one.matches("a, button, summary, [role]") ? one.textContent : "";
    return [one.getAttribute("aria-label"), text].filter(Boolean).join("|");
}"""


def tab_to(page: Page, is_it: Callable[[str], bool]) -> None:
    """Press Tab until the element is reached whose label or text is looked for."""
    seen: list[str] = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(_FOCUSED))
        if is_it(seen[-1]):
            return
    raise AssertionError(f"not reached by {MOST_TABS} tabs: {seen}")


def arrow_to(page: Page, is_it: Callable[[str], bool]) -> None:
    """Within a group of radio buttons, which is one stop for Tab, go on to one of them."""
    for _ in range(10):
        if is_it(page.evaluate(_FOCUSED)):
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"not reached by arrow keys: {page.evaluate(_FOCUSED)}")


def named(text: str) -> Callable[[str], bool]:
    """Return whether a label or text begins with this one, or ends with it behind an icon."""
    return lambda seen: any(
        part.strip().startswith(text) or part.strip().endswith(text) for part in seen.split("|")
    )


def is_at_stop(page: Page, number: int) -> None:
    """Wait until a stop is open and drawn."""
    current = page.locator(".way a[aria-current]")
    expect(current).to_have_attribute("aria-label", re.compile(f"^Stop {number}: "))
    settle(page)


def is_solved(page: Page, number: int) -> None:
    """Wait until a stop's task counts as solved, on the way as well."""
    done = page.locator(f'.way a[href^="?stop={number}"]').first
    expect(done).to_have_class(re.compile("done"))


def result(page: Page) -> Locator:
    """Return the place that tells what came of an answer."""
    return page.locator(".lesson-result")


def second_largest(page: Page) -> int:
    """Return the output with the second largest sum, as the picture shows them."""
    digit: int = page.locator(".outputs button").evaluate_all(SECOND)
    return digit


def room(page: Page) -> dict[str, Any]:
    """Return how far the page scrolls, where its picture lies, and what of it hangs over."""
    measures: dict[str, Any] = page.evaluate(
        """() => {
            const main = document.querySelector("[data-testid=stMain]");
            const box = (name) => document.querySelector(`.st-key-lesson_${name}`)
                .getBoundingClientRect();
            const [head, picture, below] = ["head", "picture", "below"].map(box);
            const trees = [...document.querySelectorAll(".st-key-lesson_picture *")]
                .map((one) => one.shadowRoot).filter(Boolean);
            const drawn = trees.flatMap((tree) => [...tree.querySelectorAll("canvas, svg, button")])
                .map((one) => one.getBoundingClientRect().bottom);
            return {
                scrolls: main.scrollHeight - main.clientHeight,
                wide: document.documentElement.scrollWidth - innerWidth,
                head: head.bottom, top: picture.top, bottom: picture.bottom,
                below: below.bottom, window: innerHeight,
                overhang: Math.max(...drawn) - picture.bottom,
            };
        }"""
    )
    return measures
