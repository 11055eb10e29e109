"""Hostile addresses over all pages, asked of a server as a browser asks.

Names that pages know and others, values that no widget could have, queries that are none. Faults
are exceptions that a page shows, tracebacks in the server's log, and pages that do not come.
"""

import argparse
import asyncio
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote_plus, urlencode

from benchmarks.visitors import open_page, run_apart, visitor
from mnistcore.runs import all_runs
from tests.browser.server import running_server
from tests.damaged_runs import own_runs, whole_run
from tests.hostile_addresses import HOSTILE, NAMES, VIEWS

AT_A_TIME = 2
MOST_TOLD = 3000  # characters of the server's log
MOST_SECONDS = 120  # for a page, which is then called lost
GARBAGE = ("%", "%zz", "&&&=", "=", "a[]=1", "%00", "?" * 50, "\u202e", "a=%ff%fe", ";" * 3000)


@dataclass
class Report:
    """What became of hostile addresses.

    Attributes:
        asked: How many.
        faults: What went wrong, with the last address that it came of.
    """

    asked: int = 0
    faults: dict[str, str] = field(default_factory=dict)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--count", type=int, default=3000, help="addresses (%(default)s)")
    parser.add_argument("--seed", type=int, default=17, help="(%(default)s)")


def run(options: argparse.Namespace) -> None:
    report = ask_addresses(options.count, options.seed)
    print(
        f"{report.asked:,} addresses over {len(NAMES) + 1} pages, {len(report.faults)} exceptions"
    )
    for fault, address in report.faults.items():
        print(f"  {address}: {fault}")
    if report.faults:
        sys.exit(1)


def ask_addresses(count: int, seed: int) -> Report:
    """Ask a server for so many hostile addresses, made by a seed."""
    report, chance = Report(), random.Random(seed)
    addresses = [make_address(chance) for _ in range(count)]
    with own_runs() as folder:
        whole_run("some-run")
        assert all_runs.count_runs() == 1
        log = folder / "log.txt"
        with running_server(log) as server:
            run_apart(_ask_all(server, addresses, report))
        told = log.read_text("utf-8", "replace")
        if tracebacks := told.count("Traceback"):
            report.faults[f"{tracebacks} tracebacks on the server"] = told[-MOST_TOLD:]
    return report


def make_address(chance: random.Random) -> tuple[str, str]:
    """Return the name of a page, and a query that nobody means."""
    file, view = chance.choice([*VIEWS, ("app.py", {})])
    known = sorted({*NAMES.get(file, "").split(), "lang", "run", "network"})
    asked = chance.sample(known, chance.randint(1, len(known)))
    pairs = [*view.items(), *((name, make_value(chance)) for name in asked)]
    if chance.random() < 0.2:
        pairs.append((make_text(chance), make_value(chance)))
    chance.shuffle(pairs)
    query = urlencode(pairs, doseq=True, errors="replace")
    if chance.random() < 0.2:
        query += "&" + chance.choice(GARBAGE)
    return Path(file).stem.replace("app", ""), query


def make_value(chance: random.Random) -> str | list[str]:
    """Return what stands for a value."""
    match chance.randrange(5):
        case 0 | 1:
            return chance.choice(HOSTILE)
        case 2:
            return make_text(chance)
        case 3:
            return ",".join(str(chance.randint(-9, 10 ** chance.randint(0, 12))) for _ in range(4))
        case _:
            return str(chance.choice((0, 1, 2, 3, 5, 28, 0.5, "true", "some-run", "~mynet")))


def make_text(chance: random.Random) -> str:
    """Return a text of any characters."""
    signs = [chr(chance.choice((chance.randint(1, 127), chance.randint(128, 0xD7FF))))
             for _ in range(chance.randint(1, 60))]  # fmt: skip
    return "".join(signs)


async def _ask_all(server: str, addresses: list[tuple[str, str]], report: Report) -> None:
    async with visitor(server):  # whose page has torch loaded, which pages wait for
        pass
    waiting = iter(addresses)

    async def ask_on() -> None:
        for page, query in waiting:
            report.asked += 1
            try:
                await asyncio.wait_for(open_page(server, page, query), MOST_SECONDS)
            except Exception as error:  # whatever it is, it is what is looked for
                report.faults[f"{type(error).__name__}: {str(error)[:200]}"] = quote_plus(
                    f"{page}?{query}", safe="?&=%+"
                )

    await asyncio.gather(*(ask_on() for _ in range(AT_A_TIME)))
