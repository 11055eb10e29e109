"""The journey inside: draw a 7, look inside, click a value, read its terms, step the learning."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPath, draw, settle
from tests.browser.test_prediction import SEVEN


def read(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def test_a_drawing_is_followed_from_pixels_to_answer(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, SEVEN)
    expect(page.locator(".st-key-answer")).to_have_text("7")

    page.get_by_role("link", name="Inside").click()
    page.get_by_role("radio", name="Your drawing").click()
    settle(page)
    expect(page.locator(".bars .best span")).to_have_text("7")

    page.locator('figure[data-block="2"] canvas').click(position={"x": 30, "y": 40})
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
    assert "inside_at=10.7" in page.url

    page.get_by_role("tab", name="One step of learning").click()
    page.get_by_role("button", name="Take this step").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("1")
