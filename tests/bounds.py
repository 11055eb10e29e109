"""What an upload may cost: 300 MB and two seconds of a processor, whatever is in it."""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

MOST_SECONDS = 2.0
MOST_BYTES = 300_000_000


@contextmanager
def within_bounds(word: object = "") -> Iterator[None]:
    """Fail if what happens within takes more than this process ever had in use, and that."""
    seconds, peak = time.process_time(), _peak_bytes()
    yield
    assert time.process_time() - seconds < MOST_SECONDS, word
    assert _peak_bytes() - peak < MOST_BYTES, word


def _peak_bytes() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
