"""Each page opened by a new visitor, in Chromium, on a warm server: until its first content.

What counts as content is what the page is about, not its title. A new visitor's browser has yet to
load Streamlit itself: how long that takes alone, the first line tells. With `--lang zh` each page
is opened in English and in Chinese in turn, on the same server.
"""

import argparse
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from benchmarks import versions
from benchmarks.running_app import running_page, running_pages
from tests.browser.conftest import settle
from ui.language import CATALOGUES

# What each page is about; some of it lies in the shadow roots of components.
CONTENTS = {
    "": [".net canvas", ".pad"],
    "lesson": [".output canvas"],
    "convolution": [".stepper .output canvas"],
    "calculator": ["[data-testid=stMetricValue]"],
    "training": [".st-key-training_network", "[data-testid=stBaseButton-primary]"],
    "prediction": ["canvas.upper-canvas", ".bars .track"],
    "network": ["figure[data-block] canvas"],
}
BARE = 'import streamlit as st\n\nst.metric("Nothing but", "a number")\n'
NOTE_CONTENT = """
(selectors) => {
  const has = (root, selector) => root.querySelector(selector) ||
    [...root.querySelectorAll("*")].some((e) => e.shadowRoot && has(e.shadowRoot, selector));
  const look = () => {
    if (document.body && selectors.every((selector) => has(document, selector)))
      window.content = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--visits", type=int, default=20, help="of each page (%(default)s)")
    parser.add_argument("--only", nargs="+", choices=list(CONTENTS), help="of the pages")
    parser.add_argument(
        "--lang", choices=list(CATALOGUES), help="a language to open each page in as well, in turn"
    )
    versions.add_arguments(parser)


def run(options: argparse.Namespace) -> None:
    print(
        "| page | version | median, ms | 95 %, ms | to the first |\n| --- | --- | --- | --- | --- |"
    )
    report("Streamlit alone", {"now": time_bare(options.visits)})
    languages = {"": ""} | ({f", {options.lang}": f"?lang={options.lang}"} if options.lang else {})
    with running_pages("", versions.projects(options)) as opened:
        for page in opened.values():
            page.locator(".net canvas").first.wait_for(timeout=120_000)
            settle(page)
        for path in options.only or CONTENTS:
            addresses = {
                f"{name}{spoken}": (page, f"{page.url.split('?')[0].rstrip('/')}/{path}{asked}")
                for name, page in opened.items()
                for spoken, asked in languages.items()
            }
            times: dict[str, list[float]] = {name: [] for name in addresses}
            for visit in range(options.visits + 1):
                turns = list(addresses.items())
                for name, (page, address) in turns if visit % 2 else reversed(turns):
                    browser = page.context.browser
                    assert browser is not None
                    took = time_visit(browser, address, CONTENTS[path])
                    if visit:  # the first wakes the page
                        times[name].append(took)
            report(path or "start", times)


def report(page: str, times: dict[str, list[float]]) -> None:
    """Print a line for each version and language; the ratio is that of the medians."""
    first = median(next(iter(times.values())))
    for name, values in times.items():
        print(
            f"| {page} | {name} | {median(values):,.0f} | {quantiles(values, n=20)[-1]:,.0f} | "
            f"{median(values) / first:.3f} |",
            flush=True,
        )


def time_bare(visits: int) -> list[float]:
    """Return how long visits take of an app that shows one number."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "app.py").write_text(BARE, encoding="utf-8")
        with running_page("", project=Path(folder)) as page:
            browser, content = page.context.browser, CONTENTS["calculator"]
            assert browser is not None
            return [time_visit(browser, page.url, content) for _visit in range(visits + 1)][1:]


def time_visit(browser: Browser, address: str, content: list[str]) -> float:
    """Open a page in a browser that knows nothing of it; return the milliseconds to its content."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(f"({NOTE_CONTENT})({content})")
    page.goto(address)
    page.wait_for_function("window.content", timeout=120_000)
    came = float(page.evaluate("window.content"))
    settle(page)
    context.close()
    return came
