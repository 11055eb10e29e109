import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.runs.claim import claim
from mnistcore.runs.control import (
    Requests,
    clear_requests,
    read_requests,
    request_learning_rate,
    request_pause,
    request_stop,
    request_unpause,
)
from mnistcore.runs.folder import Run
from mnistcore.runs.status import record_outcome
from tests.conftest import idle_run


@pytest.fixture
def run(runs_folder: Path) -> Run:
    return idle_run("first")


def test_what_is_asked_is_read(run: Run) -> None:
    with claim(run):
        request_stop(run)
        request_pause(run)
        request_learning_rate(run, 0.5)
        asked = read_requests(run)
        request_unpause(run)

        assert asked == Requests(stop=True, pause=True, learning_rate=0.5)
        assert read_requests(run) == Requests(stop=True, learning_rate=0.5)


@pytest.mark.parametrize(
    "request_it",
    [request_stop, request_pause, request_unpause, partial(request_learning_rate, learning_rate=1)],
)
def test_what_is_asked_of_a_finished_run_is_refused_and_leaves_no_file(
    run: Run, request_it: Callable[[Run], None]
) -> None:
    with claim(run):
        record_outcome(run, "finished")
    before = sorted(run.folder.iterdir())

    with pytest.raises(InvalidInputError, match="'first' is finished, so nothing can be asked"):
        request_it(run)

    assert sorted(run.folder.iterdir()) == before


def test_an_impossible_learning_rate_is_refused(run: Run) -> None:
    with claim(run):
        with pytest.raises(InvalidInputError, match="`learning_rate` is 2"):
            request_learning_rate(run, 2)

        assert read_requests(run) == Requests()


def test_a_request_that_cannot_be_read_is_none(run: Run) -> None:
    for content in ('"x"', '{"learning_rate": "x"}', '{"learning_rate": NaN}', "7", "{"):
        run.learning_rate_request.write_text(content)
        assert read_requests(run) == Requests()
    run.learning_rate_request.unlink()
    run.learning_rate_request.mkdir()

    assert read_requests(run) == Requests()
    clear_requests(run)
    assert not run.learning_rate_request.exists()


def test_of_a_run_whose_folder_is_gone_nothing_can_be_asked(run: Run) -> None:
    shutil.rmtree(run.folder)

    with pytest.raises(InvalidInputError, match="'first' was removed while it was going on"):
        read_requests(run)
    with pytest.raises(InvalidInputError, match="'first' cannot be asked"):
        request_stop(run)
