"""The journey inside: draw a 7, look inside, click a value, read its terms, step the learning."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenElsewhere, OpenPath, draw, settle
from tests.browser.strokes import SEVEN, answer_is, lifts_and_clicks


def read(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def test_a_drawing_is_followed_from_pixels_to_answer(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, SEVEN)
    expect(page.locator(".st-key-answer")).to_have_text("7")

    page.get_by_role("link", name="Inside", exact=True).click()
    expect(page.get_by_role("radio", name="Your drawing")).to_be_checked()
    settle(page)
    expect(page.locator(".bars .best span")).to_have_text("7")

    page.locator('figure[data-block="2"] canvas').click(position={"x": 30, "y": 40})
    page.wait_for_url(re.compile("inside_at=5"))
    settle(page)
    expect(page.get_by_role("heading", name=re.compile("^ReLU 2, map"))).to_be_visible()
    tables = page.locator(".st-key-value_sum table.steps")
    rows = tables.first.locator("tr td:last-child").all_inner_texts()
    *parts, total = map(read, rows)
    assert abs(sum(parts) - total) < 0.0005
    shown = page.get_by_role("heading", name=re.compile("^ReLU 2, map")).inner_text()
    assert shown.endswith(tables.last.locator("tr td").last.inner_text())

    page.get_by_role("button", name=re.compile("Linear, output 7:")).click()
    expect(page.get_by_role("heading", name=re.compile("^Linear, number 7"))).to_be_visible()
    expect(page.get_by_text("Softmax: from ten numbers")).to_be_visible()
    expect(page).to_have_url(re.compile(r"inside_at=10\.7"))

    page.get_by_role("tab", name="One step of learning").click()
    page.get_by_role("button", name="Take this step").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("1")


def test_learning_begins_where_there_is_something_to_learn(open_path: OpenPath) -> None:
    page = open_path("network")
    loss = page.get_by_test_id("stMetricValue").nth(1)

    page.get_by_role("tab", name="One step of learning").click()

    expect(loss).to_have_text(re.compile(r"^\d+\.\d+$"))
    misread = page.get_by_role("spinbutton", name="Test image").input_value()
    assert misread != "0"

    page.get_by_role("spinbutton", name="Test image").fill("0")
    page.get_by_role("spinbutton", name="Test image").press("Enter")
    page.get_by_role("button", name="Take a digit that it misreads").click()
    expect(page.get_by_role("spinbutton", name="Test image")).to_have_value(misread)


def test_a_bar_that_is_chosen_by_its_key_keeps_the_focus(open_path: OpenPath) -> None:
    page = open_path("network")
    bar = page.get_by_role("button", name=re.compile("Linear, output 3:"))

    bar.focus()
    bar.press("Enter")

    expect(bar).to_be_focused()
    expect(page.get_by_role("heading", name=re.compile("^Linear, number 3"))).to_be_visible()
    settle(page)
    expect(bar).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name=re.compile("Linear, output 4:"))).to_be_focused()


def test_a_click_and_what_explains_it_are_on_one_screen(open_path: OpenPath, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_path("network")
    maps = page.locator('figure[data-block="1"] canvas')
    settle(page)

    maps.click(position={"x": 40, "y": 40})

    heading = page.get_by_role("heading", name=re.compile("^ReLU 1, map [0-9]+, row"))
    expect(heading).to_be_in_viewport()
    expect(maps).to_be_in_viewport()


def painted_over(page: Page) -> None:
    """Brush over the whole map, row after row, without lifting the pen."""
    canvas = page.locator("canvas[aria-label*='paint on it']")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.down()
    for row in range(7):
        y = box["y"] + (row + 0.5) * box["height"] / 7
        for x in (2, box["width"] - 2) if row % 2 == 0 else (box["width"] - 2, 2):
            page.mouse.move(box["x"] + x, y, steps=4)
    page.mouse.up()


def test_what_is_painted_over_in_a_map_is_missed_by_the_answer(open_path: OpenPath) -> None:
    page = open_path("network?inside_view=One+map&inside_at=5.24.2.3")
    logit = page.get_by_role("button", name=re.compile("Linear, output 7:")).locator("em")
    before = logit.inner_text()

    painted_over(page)

    expect(page.get_by_text("Switched off: ReLU 2 map 25, 49 of its values")).to_be_visible()
    expect(logit).not_to_have_text(before)
    expect(page).to_have_url(re.compile(r"inside_off=5\.24\.x1f+"))
    page.get_by_role("button", name="All on again").click()
    expect(logit).to_have_text(before)


def test_a_finger_paints_and_the_page_stays(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere(
        "network?inside_view=One+map&inside_at=5.24.2.3",
        **{"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 800}},
    )
    canvas = page.locator("canvas[aria-label*='paint on it']")
    canvas.scroll_into_view_if_needed()

    canvas.tap(position={"x": 20, "y": 20})

    expect(page.get_by_text("Switched off: ReLU 2 map 25, 1 of its values")).to_be_visible()


def test_batch_norms_shift_is_followed_through_a_step(open_path: OpenPath) -> None:
    page = open_path("network?inside_view=One+step+of+learning&inside_at=4.24.2.3&inside_digit=8")

    page.get_by_role("radio", name="Shift").click()
    expect(page.get_by_text("since it is added at every place")).to_be_visible()
    page.get_by_role("button", name="Take this step").click()

    expect(page.get_by_test_id("stMetricValue").first).to_have_text("1")
    rows = page.locator(".st-key-gradient_sum tr td:last-child").all_inner_texts()
    *parts, total = map(read, rows)
    assert abs(sum(parts) - total) <= 0.002 * sum(map(abs, parts))


def test_who_leaves_right_after_a_stroke_takes_it_along(open_path: OpenPath) -> None:
    page = open_path("network?inside_kind=drawing")
    settle(page)

    menu = page.get_by_test_id("stSidebar")
    lifts_and_clicks(page, SEVEN, menu.get_by_role("link", name="Prediction"))

    answer_is(page, "7")
