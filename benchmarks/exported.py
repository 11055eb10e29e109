"""Tell how large the pages to take home are, and how soon they answer while the pen moves.

In headless Chromium, opened from disk with the network cut off. A move's time is from the pen's
event to the bars: what the page does in between, and not what else the machine has to do, so the
least of several is given beside the median.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median

import numpy as np
from playwright.sync_api import Page, sync_playwright

from mnistcore.exported.web_page import write_web_page
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import WEIGHTS, Classifier, load_classifier
from tests.browser.chromium import find_chromium
from tests.browser.conftest import CHROMIUM_FLAGS
from tests.browser.strokes import WRITTEN

NETWORKS = ("mynet", "drawing-net", "deep-net", "dense")
DIGITS = ("3", "7", "8")

# Each move by itself: the event, and what it leads to, at once instead of in the next frame.
TIME_MOVES = """strokes => {
    const pad = document.getElementById("pad");
    const box = pad.getBoundingClientRect();
    const frames = [];
    const later = globalThis.requestAnimationFrame;
    globalThis.requestAnimationFrame = (work) => frames.push(work);
    const send = (type, [x, y]) => pad.dispatchEvent(new PointerEvent(type, {
        pointerId: 1, bubbles: true,
        clientX: box.left + x * box.width, clientY: box.top + y * box.height,
    }));
    pad.setPointerCapture = () => {};
    const times = [];
    for (const stroke of strokes) {
        send("pointerdown", stroke[0]);
        for (const place of stroke) {
            const started = performance.now();
            send("pointermove", place);
            while (frames.length) frames.shift()(started);
            times.push(performance.now() - started);
        }
        send("pointerup", stroke.at(-1));
    }
    globalThis.requestAnimationFrame = later;
    return times;
}"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=3, help="of each digit (%(default)s)")


def run(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_chromium()), args=CHROMIUM_FLAGS
        )
        for network in NETWORKS:
            path = Path(folder) / f"{network}.html"
            write_web_page(path, classifier_of(network), network)
            page = browser.new_context(offline=True).new_page()
            page.goto(path.as_uri())
            times = time_moves(page, options.rounds)
            late = float(np.quantile(times, 0.95))
            print(
                f"{network:12s} {path.stat().st_size:9,} bytes; a move is read in "
                f"{min(times):.1f} ms at least, {median(times):.1f} ms in the median, "
                f"{late:.1f} ms (95 %), of {len(times)}",
                flush=True,
            )
        browser.close()


def classifier_of(network: str) -> Classifier:
    """Return a shipped network, or one with the weights that it begins with."""
    path = WEIGHTS / f"{network}.pt"
    if path.is_file():
        return load_classifier(path)
    return Classifier(build_network(network, seed=1))


def time_moves(page: Page, rounds: int) -> list[float]:
    """Return milliseconds, the first digit's left out: the browser compiles while it is drawn."""
    times: list[float] = []
    for number in range(rounds + 1):
        for digit in DIGITS:
            page.get_by_role("button", name="Clear").click()
            page.wait_for_timeout(100)
            taken = page.evaluate(TIME_MOVES, WRITTEN[digit][1])
            times += taken if number else []
    return times
