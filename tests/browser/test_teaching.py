"""A new way of writing a 4: taught, read, taken along as a file, and read again."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenElsewhere, OpenPath, draw, settle
from tests.browser.strokes import Stroke, answer_is

NUM_TAUGHT = 3


def strange_four(number: int) -> list[Stroke]:
    """Three bars across, each time a little longer; nobody takes them for a 4."""
    end = 0.74 + 0.03 * number
    return [[(0.2, y), (end, y)] for y in (0.25, 0.5, 0.75)]


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear").click()
    answer_is(page, "–")
    settle(page)


def teach(page: Page, number: int) -> None:
    draw(page, *strange_four(number))
    expect(page.locator(".st-key-answer")).not_to_have_text("–")
    settle(page)
    page.locator("[class*=st-key-meant_as]").get_by_role("radio", name="4", exact=True).click()
    expect(page.locator("[class*=st-key-undo_lesson]")).to_have_count(number + 1)
    settle(page)


def test_a_new_way_of_writing_a_4_is_taught_and_taken_to_another_visit(
    open_path: OpenPath, open_elsewhere: OpenElsewhere, tmp_path: Path
) -> None:
    page = open_path("prediction")
    draw(page, *strange_four(3))
    expect(page.locator(".st-key-answer")).not_to_have_text("–")
    expect(page.locator(".st-key-answer")).not_to_have_text("4")
    clear(page)

    for number in range(NUM_TAUGHT):
        teach(page, number)
        clear(page)
    draw(page, *strange_four(3))
    answer_is(page, "4")
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON of all kept").click()
    file = tmp_path / "mine.json"
    download.value.save_as(file)
    page.close()

    other = open_elsewhere("prediction")
    other.get_by_role("button", name="Load", exact=True).click()
    other.locator("input[type=file][accept*=json]").set_input_files(file)
    expect(other.locator("[class*=st-key-undo_lesson]")).to_have_count(NUM_TAUGHT)
    other.keyboard.press("Escape")
    draw(other, *strange_four(3))
    answer_is(other, "4")

    other.locator(".st-key-reads_as_taught").get_by_text("Read as it was taught here").click()
    expect(other.locator(".st-key-answer")).not_to_have_text("4")
