"""What is drawn on the prediction page is read, explained and corrected."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from mnistcore.models.checkpoint import Checkpoint, save_checkpoint
from mnistcore.models.model import build_network
from mnistcore.runs import all_runs
from mnistcore.training.recipes import RECIPES
from tests.browser.conftest import OpenPath, draw, reload, settle
from tests.browser.strokes import ONE, SEVEN, WRITTEN, answer_is, await_ink, num_inked_pixels

# Those written in two strokes, and ways that not everybody shares.
WAYS = ["0 slashed", "1 with a flag", "4 open", "5 in two strokes", "7 crossed", "9 curled"]


def test_digits_written_with_the_mouse_are_read_one_after_the_other(open_path: OpenPath) -> None:
    page = open_path("prediction")
    for digit, strokes in map(WRITTEN.__getitem__, WAYS):
        answer_is(page, "–")

        draw(page, *strokes)

        answer_is(page, str(digit))
        expect(page.locator(".bars .best").first).to_have_text(str(digit))
        expect(page.locator(".bars .track")).to_have_count(10)
        page.get_by_role("button", name="Clear").click()


def test_a_small_digit_in_a_corner_is_read(open_path: OpenPath) -> None:
    page = open_path("prediction")
    page.get_by_test_id("stPopover").first.get_by_role("button").click()
    page.get_by_role("slider", name="Pen width").press("Home")
    page.keyboard.press("Escape")

    draw(page, [(0.05 + 0.2 * x, 0.05 + 0.2 * y) for x, y in SEVEN])

    answer_is(page, "7")


def test_a_network_that_is_gone_is_a_sentence_at_the_next_stroke(
    open_path: OpenPath, runs_of_server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MNISTCORE_RUNS", str(runs_of_server))
    run = all_runs.create_run("somebodys", network="mynet", recipe=RECIPES["article"])
    weights = build_network("mynet", seed=1).state_dict()
    save_checkpoint(run.checkpoint, Checkpoint("mynet", weights))
    page = open_path("prediction?network=somebodys")
    expect(page.locator(".st-key-answer")).to_have_text("–")

    all_runs.delete_run(run)
    draw(page, ONE)

    expect(page.get_by_test_id("stAlert")).to_contain_text("There is no run 'somebodys'")
    settle(page)


def test_a_sample_is_read_and_can_be_drawn_upon(open_path: OpenPath) -> None:
    page = open_path("prediction")

    page.get_by_role("button", name="Test digit 1, a 2").click()

    answer_is(page, "2")
    await_ink(page, "> 3000")
    before = num_inked_pixels(page)
    draw(page, [(0.05, 0.05), (0.1, 0.05)])
    await_ink(page, f"> {before}")


def test_a_step_switched_off_moves_the_bars(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, [(0.05 + 0.3 * x, 0.05 + 0.3 * y) for x, y in SEVEN])
    answer_is(page, "7")
    share = page.locator(".bars .share").nth(7)
    expect(share).not_to_have_text("0.0%")  # the bars may come after the answer
    settle(page)  # and what the pen was followed by before its lift is no longer there
    whole = share.inner_text()

    page.locator(".st-key-drawing_crop label").click()

    expect(share).not_to_have_text(whole)
    expect(page.locator(".track u").first).to_be_visible()
    page.locator(".st-key-drawing_crop label").click()
    expect(share).to_have_text(whole)


def test_a_correction_is_kept_saved_and_loaded(open_path: OpenPath, tmp_path: Path) -> None:
    page = open_path("prediction")
    draw(page, SEVEN)
    answer_is(page, "7")

    page.get_by_role("radio", name="7", exact=True).click()
    expect(page.get_by_text("Drawings kept here: 1, 1 of them")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="JSON of all kept").click()
    saved.value.save_as(tmp_path / "drawings.json")
    with page.expect_download() as picture:
        page.get_by_role("button", name="PNG of the canvas").click()
    reload(page)
    answer_is(page, "–")
    page.get_by_role("button", name="Load", exact=True).click()
    page.locator("input[type=file]").set_input_files(tmp_path / "drawings.json")
    expect(page.get_by_text("Drawings kept here: 1, 1 of them")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Meant as 7, read as 7").click()

    answer_is(page, "7")
    with Image.open(picture.value.path()) as saved_picture:
        assert saved_picture.size == (336, 336)


def test_why_shows_which_pixels_spoke_when_it_is_asked(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, SEVEN)
    answer_is(page, "7")
    reasons = page.get_by_role("img", name=re.compile("Pixels for and against a 7"))
    expect(reasons).to_have_count(0)

    page.get_by_text("Why a 7?").click()
    expect(reasons).to_be_visible()
    page.get_by_role("radio", name="1", exact=True).first.click()

    expect(page.get_by_role("img", name="Pixels for and against a 1")).to_be_visible()
    answer_is(page, "7")
