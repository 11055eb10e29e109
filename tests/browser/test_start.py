import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPath
from ui.menu import PAGES

SCREENS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("file", PAGES)
def test_every_page_opens_by_its_own_address(
    open_path: OpenPath, page: Page, file: str, screen: str
) -> None:
    path = "" if file == "app.py" else file.removeprefix("pages/").removesuffix(".py")
    page.set_viewport_size(SCREENS[screen])  # type: ignore[arg-type]

    open_path(path)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).to_have_title(f"{PAGES[file][0]} · Convolution, digit by digit")
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0


def test_the_doors_and_the_menu_lead_to_the_pages(open_path: OpenPath) -> None:
    page = open_path("")

    page.get_by_role("link", name="Open prediction").click()
    expect(page).to_have_url(re.compile("/prediction$"))
    page.get_by_test_id("stSidebar").get_by_role("link", name="Training").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Train a network")
