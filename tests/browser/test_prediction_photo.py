import re
from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.ascii_drawings import DIGITS, side_by_side
from tests.browser.conftest import OpenElsewhere, OpenPath, settle
from tests.browser.strokes import answer_is
from tests.pictures import BROKEN, KINDS, picture


def test_pictures_of_every_kind_are_read_and_broken_ones_answered_by_a_sentence(
    open_path: OpenPath,
) -> None:
    page = open_path("prediction?view=Photo")

    for number, kind in enumerate(KINDS):
        digit = (5, 2)[number % 2]
        upload(page, f"digit.{kind.lower()}", picture(digit, kind))
        answer_is(page, str(digit))
        expect(page.get_by_text("What the network sees")).to_be_visible()
    for content in BROKEN.values():
        upload(page, "broken.png", content)
        expect(page.get_by_test_id("stAlert")).to_contain_text(re.compile("picture.*\\."))
        expect(page.get_by_text("What the network sees")).to_be_hidden()
        upload(page, "digit.png", picture(5, "PNG"))
        answer_is(page, "5")
        expect(page.get_by_test_id("stAlert")).to_be_hidden()
    settle(page)


def upload(page: Page, name: str, content: bytes) -> None:
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    page.locator("input[type=file]").set_input_files(file)


def test_the_camera_takes_a_picture(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere("prediction?view=Photo", permissions=["camera"])

    page.locator(".st-key-camera label").click()
    settle(page)
    page.wait_for_function(  # a picture taken before the first frame has come is black
        "() => document.querySelector('[data-testid=stCameraInput] video')?.currentTime > 0.2"
    )
    page.get_by_test_id("stCameraInputButton").click()

    expect(page.get_by_role("img", name="The picture", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="From the photo to ink")).to_be_visible()
    settle(page)


def test_a_picture_of_a_number_is_read(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Photo")
    file = BytesIO()
    Image.fromarray(side_by_side(DIGITS[2], DIGITS[0], DIGITS[3])).save(file, "PNG")

    upload(page, "number.png", file.getvalue())

    answer_is(page, "203")
    expect(page.locator(".number button")).to_have_count(3)


def test_a_long_number_stays_on_its_line_and_on_the_screen(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Photo")
    file, number = BytesIO(), "203713280237"
    digits = side_by_side(*(DIGITS[int(digit)] for digit in number))
    Image.fromarray(digits).save(file, "PNG")
    upload(page, "number.png", file.getvalue())
    answer_is(page, number)

    for width in (390, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        fits = page.locator(".answer").evaluate(
            """(answer) => {
                const text = document.createRange();
                text.selectNodeContents(answer);
                const { right, height } = text.getBoundingClientRect();
                const column = answer.closest("[data-testid=stColumn]").getBoundingClientRect();
                const line = 1.7 * parseFloat(getComputedStyle(answer).fontSize);
                return right <= Math.min(innerWidth, column.right) + 1 && height < line;
            }"""
        )
        assert fits, width
