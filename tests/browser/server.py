"""The app as the README starts it, on a port of its own: for the journeys and the benchmarks."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import SystemRandom

from tests.waiting import PATIENCE_SECONDS

PROJECT = Path(__file__).parent.parent.parent


@contextmanager
def running_server(
    log: Path, *, project: Path | str = PROJECT, **environment: str
) -> Iterator[str]:
    """Start the app, give its address once it answers, and end it afterwards.

    Args:
        log: File that takes what the app prints.
        project: The checkout whose app it is.
        environment: Variables that it sees besides those there are.
    """
    with running_process(log, project=project, **environment) as (address, _):
        yield address


@contextmanager
def running_process(
    log: Path, *, project: Path | str = PROJECT, **environment: str
) -> Iterator[tuple[str, int]]:
    """Start the app as `running_server` does; give its address and its process's number."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    command += ["--server.address=127.0.0.1", "--server.headless=true"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=project,
            # The suite keeps every core busy: a run that took what is left would never end.
            env={
                **os.environ,
                "MNISTCORE_SETTINGS": os.devnull,
                "MNISTCORE_RUN_NICENESS": "0",
                "MNISTCORE_STANDBY_SECONDS": "0",
                **environment,
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        await_health(f"{address}/_stcore/health", process, log)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def free_port() -> int:
    """Return a port that no server has, of those that the system gives to no client either."""
    while True:
        port = SystemRandom().randrange(15_000, 30_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def await_health(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the app to answer."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The app did not start:\n{log.read_text()}")
