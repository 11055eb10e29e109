import re

from playwright.sync_api import Browser, expect

from tests.browser.conftest import OpenPath, settle


def test_a_run_streams_is_found_again_changes_its_rate_stops_and_goes_on(
    open_path: OpenPath, browser: Browser, server: str
) -> None:
    page = open_path("training")
    page.get_by_role("combobox", name="Recipe").click()
    page.get_by_role("option", name="article", exact=True).click()
    settle(page)

    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text(re.compile(r"mynet-article-\d+ is running"))).to_be_visible(
        timeout=60_000
    )
    expect(page.get_by_text(re.compile(r"Step \d+ of 2,750"))).to_be_visible()
    expect(page.locator(".st-key-watched_digits .tile")).to_have_count(20)
    expect(page.locator(".st-key-first_kernels img")).to_have_count(16)
    page.goto("about:blank")

    with browser.new_page() as other:
        other.goto(f"{server}/training")
        expect(other.get_by_text(re.compile(r"mynet-article-\d+ is running"))).to_be_visible()
        step = other.get_by_text(re.compile(r"Step [\d,]+ of 2,750"))
        seen = step.inner_text()
        expect(step).not_to_have_text(seen)

        other.locator(".st-key-learning_rate_change").get_by_role("button").first.click()
        field = other.get_by_role("spinbutton", name="New learning rate")
        field.fill("0.0005")
        field.press("Enter")
        other.get_by_role("button", name="Change it").click()
        expect(other.get_by_text(re.compile(r"Changed to 0\.0005 at step"))).to_be_visible()
        other.keyboard.press("Escape")

        other.get_by_role("button", name="Stop").click()
        expect(other.get_by_text(re.compile(r"mynet-article-\d+ is stopped"))).to_be_visible()
        seen = step.inner_text()
        other.get_by_role("button", name="Go on").click()
        expect(other.get_by_text(re.compile(r"mynet-article-\d+ is running"))).to_be_visible(
            timeout=60_000
        )
        expect(step).not_to_have_text(seen)

        other.get_by_role("button", name="Pause").click()
        expect(other.get_by_text(re.compile(r"mynet-article-\d+ is paused"))).to_be_visible()
        other.get_by_role("button", name="Continue").click()

        # To the end of the recipe: five epochs, a verdict, and a network for the other page.
        expect(other.get_by_text(re.compile(r"mynet-article-\d+ is finished"))).to_be_visible(
            timeout=240_000
        )
        expect(other.get_by_text("Step 2,750 of 2,750")).to_be_visible()
        other.get_by_role("tab", name="Result").click()
        expect(other.locator(".confusion td")).to_have_count(100, timeout=60_000)
        other.get_by_role("tab", name="Files").click()
        with other.expect_download() as download:
            other.get_by_role("button", name="Metrics (CSV)").click()
        assert len(download.value.path().read_text().splitlines()) == 1 + 2750 + 5
        other.get_by_role("link", name="Use for prediction").click()
        expect(other.get_by_role("combobox", name="Network")).to_have_value(
            re.compile(r"mynet-article-\d+")
        )
