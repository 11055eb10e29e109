"""What the journeys through the convolution page share: its window, and the sum written out."""

from decimal import Decimal

from playwright.sync_api import Locator, Page, ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL = "convolution?window_picture=6×6+example"


def number(text: str) -> Decimal:
    """Return a number as the page writes it."""
    return Decimal(text.strip().strip("()").replace("−", "-"))


def written_sum(page: Page) -> tuple[Decimal, Decimal]:
    """Return what the written products and the bias add up to, and the number said to come out."""
    # All at once: the pen goes on while it is read.
    terms, shown, said = page.locator(".stepper").evaluate(
        """(stepper) => [".terms .term", ".total > span", ".total output"].map((selector) =>
            [...stepper.querySelectorAll(selector)].map((part) => part.innerText))"""
    )
    products = Decimal(0)
    for term in terms:
        pixel, weight = term.split("\n")[0].split("=")[0].removeprefix("+ ").split("·")
        products += number(pixel) * number(weight)
    assert number(shown[1]) == products
    return products + number(shown[3]), number(said[0])


def place(page: Page) -> Locator:
    """Return the line that says where the window stands."""
    return page.locator(".place")


def point_at(page: Page, canvas: str, down: float, across: float) -> tuple[float, float]:
    """Return where a share of a canvas's height and width lies on the screen."""
    page.locator(canvas).scroll_into_view_if_needed()
    box = page.locator(canvas).bounding_box()
    assert box is not None
    return box["x"] + box["width"] * across, box["y"] + box["height"] * down
