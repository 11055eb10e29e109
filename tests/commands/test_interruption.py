import signal
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from mnistcore.commands import interruption
from mnistcore.commands.interruption import Interruption
from tests.conftest import idle_run


@pytest.fixture
def listening() -> Iterator[Interruption]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    listening = Interruption()
    listening.listen()
    yield listening
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_asks_the_run_to_stop(
    listening: Interruption, runs_folder: Path, number: signal.Signals
) -> None:
    run = idle_run("toy")
    listening.stop(run)
    assert not run.stop_request.exists()

    signal.raise_signal(number)

    assert run.stop_request.exists()


def test_a_signal_before_there_is_a_run_is_not_lost(
    listening: Interruption, runs_folder: Path
) -> None:
    signal.raise_signal(signal.SIGINT)
    run = idle_run("toy")

    listening.stop(run)

    assert run.stop_request.exists()


def test_what_comes_within_a_second_is_the_same_wish_and_what_comes_later_is_another(
    listening: Interruption, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([100.0, 100.9, 101.1])
    monkeypatch.setattr(interruption, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    signal.raise_signal(signal.SIGINT)
    signal.raise_signal(signal.SIGINT)  # torchrun's repetition: nothing dies of it
    died: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: died.append(number))
    monkeypatch.setattr(signal, "raise_signal", lambda number: died.append(number))

    listening._take(signal.SIGINT, None)

    assert died == [signal.SIGINT]
    assert signal.getsignal(signal.SIGINT) == signal.SIG_DFL
