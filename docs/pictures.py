"""Make the READMEs' pictures anew, from the running app: `python -m docs.pictures [NAME]`."""

import argparse
import io

from PIL import Image
from playwright.sync_api import Page, ViewportSize

from benchmarks.running_app import running_page
from tests.browser.conftest import settle
from tests.browser.server import PROJECT

FRAME_MS = 90
LAST_FRAME_MS = 2500
VIEWPORT: ViewportSize = {"width": 1280, "height": 720}
SEVEN = [(0.28, 0.25), (0.5, 0.24), (0.72, 0.25), (0.62, 0.45), (0.53, 0.63), (0.46, 0.82)]


DOCS = PROJECT / "docs"
MOVING = "drawing.webp"
# What a page is, and what stands on it once it has come to rest.
STILL = {
    "lesson.zh.webp": ("lesson?lang=zh", "button:has-text('播放')"),
    "convolution.zh.webp": ("convolution?lang=zh", ".shared-digit b"),
}


def main() -> None:
    """Make the pictures that are asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[MOVING, *STILL, []], metavar="NAME")
    for name in parser.parse_args().names or [MOVING, *STILL]:
        if name == MOVING:
            make_moving()
        else:
            make_still(name)


def make_still(name: str) -> None:
    """Keep what a page shows when nothing on it moves any more."""
    path, at_rest = STILL[name]
    with running_page(path, VIEWPORT) as page:
        page.locator(at_rest).first.wait_for()
        settle(page)
        picture = frame(page)
    picture.save(DOCS / name, quality=80)
    print(f"{name}: {(DOCS / name).stat().st_size:,} bytes")


def make_moving() -> None:
    """Start the app, draw a 7, and keep a frame at every move of the pen."""
    with running_page("prediction", VIEWPORT) as page:
        frames = record(page)
    file = DOCS / MOVING
    durations = [FRAME_MS] * (len(frames) - 1) + [LAST_FRAME_MS]
    frames[0].save(
        file, save_all=True, append_images=frames[1:], duration=durations, loop=0, quality=70
    )
    print(f"{file.name}: {len(frames)} frames, {file.stat().st_size:,} bytes")


def record(page: Page) -> list[Image.Image]:
    """Draw the 7 and return what the screen showed on the way."""
    canvas = page.locator("canvas.upper-canvas")
    canvas.wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    box = canvas.bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in SEVEN]
    frames = [frame(page)]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
        frames.append(frame(page))
    page.mouse.up()
    for _ in range(12):
        page.wait_for_timeout(80)
        frames.append(frame(page))
    return frames


def frame(page: Page) -> Image.Image:
    """Return what the screen shows."""
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


if __name__ == "__main__":
    main()
