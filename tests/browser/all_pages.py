"""Every page, tab and stop, by the subject that it belongs to."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenElsewhere, settle

TABS = "[data-testid=stMain] [role=tablist] >> nth=0 >> [role=tab]"
# Where a subject begins, and what is clicked, one after the other, to see all of it.
SUBJECTS = {
    "the start page": ("", ""),
    "the lesson": ("lesson", ".way ol a"),
    "the lesson before a class": ("lesson?stop=3&present", ""),
    "convolution": ("convolution", TABS),
    "the calculator": ("calculator", TABS),
    "training": ("training", ""),
    "prediction": ("prediction?network=~mynet", TABS),
    "inside": ("network", TABS),
}
PARTS = {"the lesson": 7, "convolution": 4, "the calculator": 3, "prediction": 4, "inside": 4}


def walk(open_elsewhere: OpenElsewhere, subject: str, **device: Any) -> Iterator[tuple[str, Page]]:
    """Open a subject and go through its parts, each with its name, once it has come to rest."""
    address, parts = SUBJECTS[subject]
    page = open_elsewhere(address, **device)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if not parts:
        yield subject, page
        return
    expect(page.locator(parts)).to_have_count(PARTS[subject])
    for number in range(PARTS[subject]):
        page.locator(parts).nth(number).click()
        settle(page)
        yield f"{subject}, {number + 1}: {page.url}", page
