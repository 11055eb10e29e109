"""Hostile files: each is read or refused in a sentence, for little.

Watched: exceptions other than a refusal, processes started, connections made, seconds and memory of
each. Linux alone: it asks /proc.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np

from benchmarks.hostile_files import make_checkpoint, make_drawings, make_network, make_picture
from mnistcore.drawings.drawing_files import from_json
from mnistcore.drawings.picture_files import read_picture
from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.errors import InvalidInputError
from mnistcore.reading.classifier import load_classifier, read_image
from mnistcore.stacks.json_format import stack_from_json
from mnistcore.stacks.table import stack_table, table_csv
from tests.bounds import MOST_BYTES, MOST_SECONDS

STARTS_SOMETHING = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn",
                    "os.spawn", "pty.spawn", "socket.connect")  # fmt: skip
LONGEST_REFUSAL = 600  # characters

started: list[str] = []  # what any file has had started, by the name of Python's audit event
named: list[object] = []  # the kind of file that is being read


@dataclass
class Outcome:
    """What became of the files of one kind.

    Attributes:
        count: How many were read, and refused.
        faults: Exceptions that are no refusal, by their words, with the seed of the last file.
        most_seconds: Of a processor, that one file took.
        most_bytes: Of memory, that one file took beyond what was in use.
    """

    count: Counter[str] = field(default_factory=Counter)
    faults: dict[str, int] = field(default_factory=dict)
    most_seconds: float = 0.0
    most_bytes: int = 0

    @property
    def is_fine(self) -> bool:
        """Whether everything promised held."""
        return (
            not self.faults and self.most_seconds <= MOST_SECONDS and self.most_bytes <= MOST_BYTES
        )


@dataclass(frozen=True)
class Kind:
    """A kind of file.

    Attributes:
        number: Of files, of which the documents tell.
        make: Returns a hostile one.
        read: Reads one as the app does.
    """

    number: int
    make: Callable[[random.Random], bytes]
    read: Callable[[bytes], object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--share", type=float, default=1, help="of all files (%(default)s)")
    parser.add_argument("--seed", type=int, default=17, help="(%(default)s)")


def run(options: argparse.Namespace) -> None:
    outcomes = []
    for name, kind in KINDS.items():
        outcome = try_files(kind, round(kind.number * options.share), options.seed)
        outcomes.append(outcome)
        print(
            f"{sum(outcome.count.values()):5,} {name:18} {outcome.count['read']:,} read, "
            f"{outcome.count['refused']:,} refused, {len(outcome.faults)} exceptions; at most "
            f"{outcome.most_seconds:.2f} s and {outcome.most_bytes / 1e6:.0f} MB each"
        )
        for fault, seed in outcome.faults.items():
            print(f"      seed {seed}: {fault}")
    print(f"Processes started, connections made: {len(started)} {sorted(set(started))}")
    if started or not all(outcome.is_fine for outcome in outcomes):
        sys.exit(1)


def try_files(kind: Kind, number: int, seed: int) -> Outcome:
    """Read hostile files of a kind, made by as many seeds."""
    listen()
    outcome = Outcome()
    for file_seed in range(seed, seed + number):
        content = kind.make(random.Random(file_seed))
        forget_peak()
        before, begun = bytes_of("VmRSS"), time.process_time()
        named.append(kind)
        try:
            kind.read(content)
            outcome.count["read"] += 1
        except InvalidInputError as error:
            outcome.count["refused"] += 1
            if not 10 < len(str(error)) < LONGEST_REFUSAL:
                outcome.faults[f"a refusal of {len(str(error)):,} characters"] = file_seed
        except Exception as error:  # whatever it is, it is what is looked for
            outcome.faults[f"{type(error).__name__}: {str(error)[:100]}"] = file_seed
        finally:
            named.clear()
        outcome.most_seconds = max(outcome.most_seconds, time.process_time() - begun)
        outcome.most_bytes = max(outcome.most_bytes, bytes_of("VmHWM") - before)
    return outcome


@cache
def listen() -> None:
    """Note what is started from now on, by Python's own audit of this process."""

    def note(event: str, _: object) -> None:
        if named and event in STARTS_SOMETHING:
            started.append(event)

    sys.addaudithook(note)


def forget_peak() -> None:
    """Let the peak of this process's memory be what is in use now."""
    Path("/proc/self/clear_refs").write_text("5")


def bytes_of(name: str) -> int:
    """Return a figure of this process's memory, `VmRSS` or `VmHWM`."""
    lines = Path("/proc/self/status").read_text().splitlines()
    [line] = [line for line in lines if line.startswith(f"{name}:")]
    return int(line.split()[1]) * 1024


def read_drawn_picture(content: bytes) -> None:
    """Read a picture, up to what a network takes."""
    drawing_to_image(read_picture(BytesIO(content)))


def read_checkpoint(content: bytes) -> None:
    """Read a checkpoint, and have it read a digit."""
    read_image(load_classifier("mine.pt", content), np.zeros((28, 28), np.uint8))


def read_network(content: bytes) -> None:
    """Read a network, up to its table."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise InvalidInputError("The file is no text.") from None
    stack = stack_from_json(text)
    table_csv(stack_table("net", stack.analyse()))
    stack.fitted()


KINDS = {
    "pictures": Kind(3000, make_picture, read_drawn_picture),
    "checkpoints": Kind(1000, make_checkpoint, read_checkpoint),
    "files of drawings": Kind(500, make_drawings, from_json),
    "networks": Kind(500, make_network, read_network),
}
