"""The commands behind `docs/trust.md`, for a few files, visitors and seconds each."""

import pytest

from benchmarks.hostile import KINDS, started, try_files
from benchmarks.school_class import Plan, hold_class

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
