"""The commands behind `docs/trust.md`, for a few files, visitors and seconds each."""

from pathlib import Path

import pytest

from benchmarks.addresses import ask_addresses
from benchmarks.damaged import spoil_runs
from benchmarks.damaged_training import spoil_trainings
from benchmarks.hostile import KINDS, started, try_files
from benchmarks.school_class import Plan, hold_class
from benchmarks.server_kills import kill_servers
from benchmarks.soak import soak
from benchmarks.visitors import draw_digit, run_apart, visitor
from mnistcore.reading.classifier import load_classifier
from tests.browser.server import running_server

NUM_FILES = 25
SEED = 100_000  # other files than the document tells of


@pytest.mark.parametrize("name", KINDS)
def test_hostile_files_are_read_or_refused_for_little(name: str) -> None:
    outcome = try_files(KINDS[name], NUM_FILES, SEED)

    assert outcome.is_fine, outcome
    assert sum(outcome.count.values()) == NUM_FILES
    assert outcome.count["refused"] > 0
    assert not started


@pytest.mark.slow
def test_each_visitor_of_a_class_gets_the_answer_to_his_own_drawing() -> None:
    report = hold_class(Plan(seconds=8, visitors=4, pause=1))

    assert not report.faults
    assert len(report.seconds) >= 4


@pytest.mark.slow
def test_damaged_runs_end_no_page_and_no_command() -> None:
    report = spoil_runs(share=0.01, num_pages=1, seed=SEED)

    assert not report.faults
    assert set(report.damages) == {"finished", "waiting", "running"}


@pytest.mark.slow
def test_a_run_whose_files_are_damaged_goes_on_or_ends_with_a_sentence() -> None:
    trained = spoil_trainings(2, SEED)

    assert not trained.faults
    assert trained.number == 2


@pytest.mark.slow
def test_hostile_addresses_show_their_pages() -> None:
    report = ask_addresses(40, SEED)

    assert not report.faults
    assert report.asked == 40


# A run's process is meant to outlive whoever started it, here this one.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <function Popen.__del__")
@pytest.mark.slow
def test_a_run_outlives_the_server_that_started_it() -> None:
    runs, faults = kill_servers(1, SEED)

    assert (runs, faults) == (1, [])


@pytest.mark.slow
def test_visitors_come_and_go() -> None:
    report, visits = soak(3)

    assert visits >= 1
    assert not report.faults


# What Python runs before anything else, if it lies on its path: a look at all that is connected to.
WATCH = """
import os, sys

def note(event, given):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        place = given[0] if event == "socket.getaddrinfo" else given[1]
        host = place[0] if isinstance(place, tuple) else place
        with open(os.environ["CONNECTIONS"], "a") as file:
            print(event, host, file=file)

with open(os.environ["CONNECTIONS"], "a") as file:
    print("watching", file=file)
sys.addaudithook(note)
"""


@pytest.mark.slow
def test_the_server_connects_to_nothing_but_this_machine(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    connections = tmp_path / "connections.txt"
    watched = {"PYTHONPATH": str(tmp_path), "CONNECTIONS": str(connections)}
    drawing = draw_digit(7, load_classifier())

    async def draw(address: str) -> None:
        async with visitor(address) as drawn:
            assert (await drawn.draw(drawing)).is_own

    with running_server(tmp_path / "log.txt", **watched) as address:
        run_apart(draw(address))

    first, *asked = connections.read_text().splitlines()
    assert first == "watching"
    hosts = {line.split()[-1] for line in asked if line != first}
    assert hosts <= {"127.0.0.1", "::1", "localhost"}
