"""Garbage is collected beside the scripts, and after none of them."""

import gc
import weakref

from streamlit import config

from tests.waiting import wait_until
from ui.collection import collect_meanwhile


class Knot:
    """Something that only a collection can free."""

    def __init__(self) -> None:
        self.itself = self


def make_old_knot() -> "weakref.ref[Knot]":
    """Make one that no collection but a whole one looks at."""
    knot = Knot()
    gc.collect()
    return weakref.ref(knot)


def test_what_nobody_can_reach_is_freed_though_no_script_collects() -> None:
    knot = make_old_knot()
    collect_meanwhile()

    # The lists are what somebody who is here makes.
    wait_until(lambda: bool([[] for _ in range(1000)]) and knot() is None)


def test_streamlit_collects_after_no_run() -> None:
    assert config.get_option("runner.postScriptGC") is False
