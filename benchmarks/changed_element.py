"""From an event in the browser to the first change of one element, wherever it hides."""

from statistics import median, quantiles

from playwright.sync_api import Page

# A component's elements lie in a shadow root, which a page's own selectors do not enter.
WATCH = """
([selector, event]) => {
  const times = (window.times = {});
  const find = (root) => {
    const found = root.querySelector(selector);
    if (found) return found;
    for (const element of root.querySelectorAll("*")) {
      const inner = element.shadowRoot && find(element.shadowRoot);
      if (inner) return inner;
    }
    return null;
  };
  addEventListener(event, () => {
    Object.assign(times, { begin: performance.now(), end: undefined });
  }, true);
  const changes = { subtree: true, childList: true, characterData: true };
  new MutationObserver(() => {
    if (times.begin) times.end ??= performance.now();
  }).observe(find(document), changes);
}
"""


def watch(page: Page, selector: str, *, after: str) -> None:
    """From now on note the time of an event, and of the next change of an element after it."""
    page.evaluate(WATCH, [selector, after])


def milliseconds(page: Page) -> float:
    """Wait for the change, and return how long after the event it came."""
    page.wait_for_function("window.times.end", timeout=30_000)
    return float(page.evaluate("window.times.end - window.times.begin"))


def report(title: str, values: list[float]) -> None:
    """Print the median and the 95th percentile of times in milliseconds."""
    print(
        f"{title}, {len(values)} times, milliseconds: median {median(values):.0f}, "
        f"95 % {quantiles(values, n=20)[-1]:.0f}",
        flush=True,
    )
