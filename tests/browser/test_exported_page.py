"""The page to take home: opened from disk with the network cut off, drawn on with a finger."""

import base64
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Browser, Page, expect

from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.exported.web_page import write_web_page
from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.hand import write_by_hand
from mnistcore.handwriting.pen import draw_ink
from mnistcore.in_torch.torch_layers import build_sequential
from mnistcore.reading.classifier import MYNET, Classifier, load_classifier
from mnistcore.stacks.presets import deep_net, dense_net
from tests.browser.strokes import WRITTEN, draw_by_touch
from tests.exported.networks import STACKS, unsettled

NUM_DRAWINGS = 300
NUM_OF_OTHERS = 40
FARTHEST = 0.001  # of a probability
TEN = ("0", "1", "2", "3", "4 open", "5", "6", "7", "8", "9 straight")
OTHERS = {"deep-net": deep_net(), "dense": dense_net(), **STACKS}

# Pictures come as bytes, four to a pixel, deflated and in base64.
READ_ALL = """pictures => Promise.all(pictures.map(async ([width, height, text]) => {
    const packed = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    const bytes = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    const data = new Uint8ClampedArray(await new Response(bytes).arrayBuffer());
    const image = reader.prepare({data, width, height});
    return [[...image], reader.network.read(image).probabilities];
}))"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone that reaches nothing and reports what it asks for."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, offline=True
    )
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    yield page
    assert not faults
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


def open_page(phone: Page, folder: Path, classifier: Classifier) -> None:
    path = folder / "page.html"
    write_web_page(path, classifier, "The network")
    phone.goto(path.as_uri())
    expect(phone.locator("#bars li")).to_have_count(10)


def test_ten_digits_drawn_with_a_finger_are_read_without_internet(
    phone: Page, tmp_path: Path
) -> None:
    open_page(phone, tmp_path, load_classifier())

    for written in TEN:
        digit, strokes = WRITTEN[written]
        draw_by_touch(phone.locator("#pad"), *strokes)
        expect(phone.locator("#answer")).to_have_text(str(digit))
        expect(phone.locator("#bars li.best span")).to_have_text(str(digit))
        phone.get_by_role("button", name="Clear").tap()
        expect(phone.locator("#answer")).to_have_text("–")


def test_a_long_press_on_clear_which_ends_without_a_click_clears_too(
    phone: Page, tmp_path: Path
) -> None:
    open_page(phone, tmp_path, load_classifier(MYNET))
    digit, strokes = WRITTEN[TEN[0]]
    draw_by_touch(phone.locator("#pad"), *strokes)
    expect(phone.locator("#answer")).to_have_text(str(digit))

    phone.locator("#clear").dispatch_event("pointerup")

    expect(phone.locator("#answer")).to_have_text("–")


def test_the_page_fits_a_phone_and_shows_every_layers_maps(phone: Page, tmp_path: Path) -> None:
    open_page(phone, tmp_path, load_classifier(MYNET))

    headings = phone.locator("#maps h2").all_text_contents()

    assert [heading.split(": ")[1] for heading in headings] == [
        "16 maps of 14×14",
        "32 maps of 7×7",
        "64 maps of 4×4",
    ]
    assert phone.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def drawings(count: int) -> list[npt.NDArray[np.uint8]]:
    """Return drawings (H, W, 4) of digits: white on black, red on white, black on nothing."""
    rng = np.random.default_rng(19)
    drawn = []
    for number in range(count):
        style = DIGIT_STYLES[rng.integers(len(DIGIT_STYLES))]
        ink = draw_ink(write_by_hand(style.path, rng), rng)
        full, none = np.full_like(ink, 255), np.zeros_like(ink)
        channels = [
            (ink, ink, ink, full),
            (full, 255 - ink, 255 - ink, full),
            (none, none, none, ink),
        ]
        drawn.append(np.dstack(channels[number % 3]))
    return drawn


def assert_same_answers(phone: Page, classifier: Classifier, count: int) -> None:
    drawn = drawings(count)
    pictures = [
        [
            picture.shape[1],
            picture.shape[0],
            base64.b64encode(zlib.compress(picture.tobytes())).decode(),
        ]
        for picture in drawn
    ]

    answers = phone.evaluate(READ_ALL, pictures)

    images = np.stack([drawing_to_image(picture) for picture in drawn])
    seen = np.array([image for image, _ in answers]).reshape(images.shape)
    assert np.abs(seen - images.astype(int)).max() <= 1
    probabilities = np.array([shares for _, shares in answers])
    assert np.abs(probabilities - classifier.predict(images)).max() <= FARTHEST


@pytest.mark.parametrize("path", [MYNET, None])
def test_three_hundred_drawings_are_read_as_in_python(
    phone: Page, tmp_path: Path, path: Path | None
) -> None:
    classifier = load_classifier(path)
    open_page(phone, tmp_path, classifier)

    assert_same_answers(phone, classifier, NUM_DRAWINGS)


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_network_reads_as_in_python(phone: Page, tmp_path: Path, name: str) -> None:
    classifier = Classifier(unsettled(build_sequential(OTHERS[name])))
    open_page(phone, tmp_path, classifier)

    assert_same_answers(phone, classifier, NUM_OF_OTHERS)


def test_a_browser_without_vectors_reads_the_same(phone: Page, tmp_path: Path) -> None:
    classifier = load_classifier(MYNET)
    phone.add_init_script("delete globalThis.WebAssembly")
    open_page(phone, tmp_path, classifier)

    assert not phone.evaluate("reader.network.layers.some((layer) => layer.spread)")
    assert_same_answers(phone, classifier, NUM_OF_OTHERS)
