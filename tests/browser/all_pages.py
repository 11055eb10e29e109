"""Every page, tab and stop, by the subject that it belongs to."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenElsewhere, settle, visit

ADDRESSES = {
    "the start page": [""],
    "the lesson": [*(f"lesson?stop={stop}" for stop in range(1, 8)), "lesson?stop=3&present"],
    "convolution": [
        f"convolution?window_part={part}" for part in ("kernel", "1x1", "channels", "sharing")
    ],
    "the calculator": [
        f"calculator?calculation={part}" for part in ("layer", "network", "compare")
    ],
    "training": ["training"],
    "prediction": [
        f"prediction?network=~mynet&view={view}"
        for view in ("draw", "photo", "test-set", "slideshow")
    ],
    "inside": [f"network?inside_view={view}" for view in ("value", "map", "pixels", "learning")],
}


def walk(
    server: str, open_elsewhere: OpenElsewhere, subject: str, **device: Any
) -> Iterator[tuple[str, Page]]:
    """Open a subject's addresses one after another, each as it stands once it has come to rest."""
    first, *rest = ADDRESSES[subject]
    page = open_elsewhere(first, **device)
    for address in [first, *rest]:
        if address != first:
            visit(page, f"{server}/{address}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        settle(page)
        yield address, page
