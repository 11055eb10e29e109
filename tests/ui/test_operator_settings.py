import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.runs.claim import claim
from tests.conftest import idle_run
from ui.operator_settings import (
    Settings,
    check_may_delete,
    check_may_start,
    check_may_train,
    settings,
    starting,
)

Write = Callable[[str], None]


@pytest.fixture
def write(tmp_path: Path, runs_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write the operator's file, each time as if at another second."""
    path = tmp_path / "mnistcore.toml"
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(path))
    times = iter(range(1, 100))

    def written(text: str) -> None:
        path.write_text(text)
        at = next(times)
        os.utime(path, (at, at))

    return written


def test_without_a_file_everything_within_reason_is_allowed(write: Write) -> None:
    assert settings() == Settings()
    check_may_train()
    check_may_delete()
    check_may_start(1000, is_new=True)


def test_what_stands_in_the_file_counts_from_the_next_question_on(write: Write) -> None:
    write("training = false\nmost_epochs = 3\n")
    assert settings() == Settings(training=False, most_epochs=3)
    write("deletion = false\n")
    assert settings() == Settings(deletion=False)

    with pytest.raises(InvalidInputError, match="lets no visitor delete"):
        check_may_delete()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("training = 1", r"Expected `bool`, got `int` - at `\$\.training`"),
        ("most_runs = -1", "most_runs"),
        ("most_run = 1", "no setting 'most_run', only training, deletion"),
        ("most_runs", "mnistcore.toml is damaged"),
        ("[visitors]\ntraining = false", "no setting 'visitors'"),
    ],
)
def test_a_file_that_cannot_be_understood_allows_nothing(
    write: Write, text: str, reason: str
) -> None:
    write(text)

    for check in (check_may_train, check_may_delete):
        with pytest.raises(InvalidInputError, match=reason):
            check()


def test_a_run_is_refused_where_visitors_only_watch(write: Write) -> None:
    write("training = false")

    with pytest.raises(InvalidInputError, match="watched only"):
        check_may_start(1, is_new=True)


def test_a_run_that_is_too_long_is_refused(write: Write) -> None:
    write("most_epochs = 10")

    check_may_start(10, is_new=True)
    with pytest.raises(InvalidInputError, match="`epochs` is 11, here a run has at most 10"):
        check_may_start(11, is_new=False)


def test_the_line_has_an_end(write: Write) -> None:
    write("most_in_line = 2")
    runs = [idle_run(name) for name in ("a", "b", "c")]
    with ExitStack() as alive:
        alive.enter_context(claim(runs[0]))
        check_may_start(1, is_new=True)
        alive.enter_context(claim(runs[1]))
        for is_new in (True, False):
            with pytest.raises(InvalidInputError, match="2 runs train or wait already"):
                check_may_start(1, is_new=is_new)

    check_may_start(1, is_new=True)


def test_the_runs_have_room_for_so_many_and_so_much(write: Write) -> None:
    run = idle_run("a")
    write("most_runs = 1")
    with pytest.raises(InvalidInputError, match="1 runs are kept already"):
        check_may_start(1, is_new=True)
    write("most_gigabytes = 0.000002")
    check_may_start(1, is_new=True)
    run.checkpoint.write_bytes(bytes(2000))
    with pytest.raises(InvalidInputError, match=r"more than 2e-06 GB already"):
        check_may_start(1, is_new=True)

    check_may_start(1, is_new=False)


def test_a_file_that_goes_while_the_runs_are_measured_is_left_out(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("most_gigabytes = 0.000002")
    folder = str(idle_run("a").folder)
    monkeypatch.setattr(os, "walk", lambda _: [(folder, [], ["config.json", ".gone.json.7"])])

    check_may_start(1, is_new=True)


def test_a_folder_of_runs_that_cannot_be_made_is_told_of(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MNISTCORE_RUNS", str(tmp_path / "file" / "runs"))

    with (
        pytest.raises(InvalidInputError, match="A run cannot be started: "),
        starting(1, is_new=True),
    ):
        pass
