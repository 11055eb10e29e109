"""The app as `make run` starts it: who may come in, and what it asks of the internet."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.browser.server import await_health, free_port
from tests.waiting import PATIENCE_SECONDS, wait_until

PROJECT = Path(__file__).parent.parent
CLASS = (
    "--server.address=0.0.0.0",
    "--browser.serverAddress=school",
    "--server.allowedHosts=school",
)


@pytest.fixture(scope="module", params=[(), CLASS], ids=["make run", "for a class"])
def door(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[bool, int, Path]]:
    """Whether the app is opened to a class, its port, and what it prints."""
    port, log = free_port(), tmp_path_factory.mktemp("door") / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--server.headless=true", *request.param],
            cwd=PROJECT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        await_health(f"http://127.0.0.1:{port}/_stcore/health", process, log)
        yield bool(request.param), port, log
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def knock(port: int, host: str, origin: str | None) -> int:
    """Ask for the websocket as a browser does; return the answer's status."""
    lines = [
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host}:{port}",
        *([f"Origin: {origin}"] if origin else []),
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    ]
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        return int(connection.recv(100).split()[1])


def own_addresses() -> set[str]:
    """Return the addresses of this machine that others can reach."""
    with suppress(OSError):
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        return {str(entry[4][0]) for entry in found} - {"127.0.0.1", "127.0.1.1"}
    return set()


@pytest.mark.slow
def test_only_those_come_in_who_are_meant(door: tuple[bool, int, Path]) -> None:
    is_class, port, _ = door

    assert knock(port, "localhost", f"http://localhost:{port}") == (403 if is_class else 101)
    assert knock(port, "school", f"http://school:{port}") == (101 if is_class else 403)
    assert knock(port, "example.org", f"http://example.org:{port}") == 403  # a rebound name
    host = "school" if is_class else "localhost"
    assert knock(port, host, "http://example.org") == 403  # another page in the same browser


@pytest.mark.slow
def test_other_machines_reach_it_only_where_it_is_opened(door: tuple[bool, int, Path]) -> None:
    is_class, port, _ = door
    for address in own_addresses():
        with socket.socket() as probe:
            probe.settimeout(PATIENCE_SECONDS)
            assert (probe.connect_ex((address, port)) == 0) == is_class, address


@pytest.mark.slow
def test_it_does_not_ask_the_internet_for_its_address(door: tuple[bool, int, Path]) -> None:
    is_class, port, log = door
    url = f"http://{'school' if is_class else 'localhost'}:{port}"
    wait_until(lambda: url in log.read_text(), log.read_text)

    started = log.read_text().partition("Rejecting")[0]
    assert "External URL" not in started
    assert "Network URL" not in started
