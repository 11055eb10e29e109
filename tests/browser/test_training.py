import re

from playwright.sync_api import Browser, expect

from tests.browser.conftest import OpenPath, settle


def test_a_run_streams_is_found_again_stops_and_goes_on(
    open_path: OpenPath, browser: Browser, server: str
) -> None:
    page = open_path("training")
    page.get_by_text("article", exact=True).click()
    settle(page)

    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text(re.compile(r"mynet-article-\d+ is running"))).to_be_visible(
        timeout=60_000
    )
    expect(page.get_by_text(re.compile(r"Step \d+ of 2,750"))).to_be_visible()
    page.goto("about:blank")

    with browser.new_page() as other:
        other.goto(f"{server}/training")
        expect(other.get_by_text(re.compile(r"mynet-article-\d+ is running"))).to_be_visible()
        step = other.get_by_text(re.compile(r"Step [\d,]+ of 2,750"))
        seen = step.inner_text()
        expect(step).not_to_have_text(seen)
        other.get_by_role("button", name="Stop").click()
        expect(other.get_by_text(re.compile(r"mynet-article-\d+ is stopped"))).to_be_visible()
        seen = step.inner_text()
        other.get_by_role("button", name="Go on").click()
        expect(other.get_by_text(re.compile(r"mynet-article-\d+ is running"))).to_be_visible(
            timeout=60_000
        )
        expect(step).not_to_have_text(seen)

        # To the end of the recipe: five epochs, and a network to be picked on the other page.
        expect(other.get_by_text(re.compile(r"mynet-article-\d+ is finished"))).to_be_visible(
            timeout=240_000
        )
        expect(other.get_by_text("Step 2,750 of 2,750")).to_be_visible()
        other.goto(f"{server}/prediction?network=mynet-article-1")
        expect(other.get_by_role("combobox", name="Network")).to_have_value("mynet-article-1")
