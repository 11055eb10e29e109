"""Garbage collected beside the scripts, a few times in a while, and not after every one of them.

Streamlit's own collection after each run is switched off in `.streamlit/config.toml`: with thirty
visitors who draw, it took an eighth of the server's time. Left to Python alone, the memory would
grow: what a run leaves behind is few objects, and large ones.
"""

import gc
import threading
import time
from functools import cache

FEWEST_SECONDS = 2.0  # between two collections
MOST_SHARE = 0.02  # of a processor's time


@cache
def collect_meanwhile() -> None:
    """Begin to collect, once for the whole server; every page calls this."""
    threading.Thread(target=_collect_for_ever, name="collection", daemon=True).start()


def _collect_for_ever() -> None:
    while True:
        begun = time.perf_counter()
        gc.collect()
        seconds, seen = time.perf_counter() - begun, _passes()
        time.sleep(max(FEWEST_SECONDS, seconds / MOST_SHARE))
        while _passes() == seen:  # hardly anything has been made since: nobody is here
            time.sleep(FEWEST_SECONDS)


def _passes() -> int:
    """Return how often Python has collected, all generations together."""
    return sum(generation["collections"] for generation in gc.get_stats())
