"""The same measured of this checkout and of another one, in turn, so that a ratio can be given."""

import argparse
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from tests.browser.server import PROJECT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a benchmark takes that compares two versions."""
    parser.add_argument(
        "--before",
        type=Path,
        metavar="FOLDER",
        help="a checkout of the version before (git worktree add FOLDER COMMIT), measured in turn",
    )


def projects(options: argparse.Namespace) -> dict[str, Path]:
    """Return the checkouts to compare, by their names: `before` where there is one, and `now`."""
    before = {"before": options.before.resolve()} if options.before else {}
    return {**before, "now": PROJECT}


def in_turn(
    options: argparse.Namespace, rounds: int, measure: Callable[[Path], float]
) -> dict[str, list[float]]:
    """Return the figures of each version, by its name.

    Args:
        options: With `before`.
        rounds: How often each is measured.
        measure: Of a checkout.
    """
    versions = projects(options)
    figures: dict[str, list[float]] = {name: [] for name in versions}
    for _ in range(rounds):
        for name, project in versions.items():
            figures[name].append(measure(project))
    return figures


def report(title: str, figures: dict[str, list[float]], unit: str = "ms") -> None:
    """Print the median and the spread of each version, and the ratio of the medians."""
    for name, values in figures.items():
        spread = (
            f"95 % {quantiles(values, n=20)[-1]:,.0f}"
            if len(values) >= 20
            else f"{min(values):,.0f} to {max(values):,.0f}"
        )
        print(
            f"{title}, {name}: median {median(values):,.0f} {unit} ({spread}), {len(values)} times"
        )
    if "before" in figures:
        ratio = median(figures["now"]) / median(figures["before"])
        print(f"{title}: {ratio:.2f} of before", flush=True)
