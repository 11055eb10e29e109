"""Waiting for another process, thread or browser: as long as it takes, and no longer than that."""

import threading
import time
from collections.abc import Callable

# How long a test waits before it calls a thing lost. Not how long a thing takes: a test that passes
# waits for nothing but what it waits for, on a machine that is busy with something else, too.
PATIENCE_SECONDS = 300
LOOK_UP_SECONDS = 0.01


def wait_until(condition: Callable[[], bool], what: Callable[[], object] = str) -> None:
    """Wait until a condition holds that stays true once it is.

    Args:
        condition: Asked again and again.
        what: Gives what is shown if it never comes to hold.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited {PATIENCE_SECONDS} s in vain: {what()}"
        time.sleep(LOOK_UP_SECONDS)


def in_background(work: Callable[[], object]) -> threading.Thread:
    """Start a thread that a failing test does not wait for."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def finish(thread: threading.Thread) -> None:
    """Wait for a thread's end."""
    thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()
