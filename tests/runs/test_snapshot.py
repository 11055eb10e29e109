"""A snapshot that is none, or holds more than a page can draw, counts as missing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mnistcore.runs.snapshot import Snapshot, load_snapshot, save_snapshot
from tests.damaged_runs import make_dangling_link, make_folder, make_loop, make_pipe
from tests.waiting import finish, in_background

WHOLE = Snapshot(
    7,
    kernels=np.ones((16, 28, 28), np.float32),
    images=np.zeros((20, 28, 28), np.uint8),
    labels=np.zeros(20, np.int64),
    probabilities=np.full((20, 10), 0.1, np.float32),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "snapshot.npz"


def test_a_snapshot_of_the_largest_network_comes_back(path: Path) -> None:
    save_snapshot(path, WHOLE)

    loaded = load_snapshot(path)

    assert loaded is not None
    assert loaded.step == 7
    assert loaded.kernels.shape == (16, 28, 28)


def test_of_a_training_that_failed_every_number_is_one_for_a_browser(path: Path) -> None:
    nothing = np.array([np.nan, np.inf, -np.inf, 1], np.float32)
    spoiled = WHOLE.kernels.copy()
    spoiled[0, 0, :4] = nothing
    save_snapshot(path, replace(WHOLE, kernels=spoiled, probabilities=WHOLE.probabilities * np.nan))

    loaded = load_snapshot(path)

    assert loaded is not None
    assert loaded.kernels[0, 0, :4].tolist() == [0, 0, 0, 1]
    assert not loaded.probabilities.any()


@pytest.mark.parametrize("shape", [(17, 1, 1), (400_000, 1, 1), (1, 400, 1000)])
def test_more_kernels_than_a_page_draws_count_as_none(
    shape: tuple[int, int, int], path: Path
) -> None:
    save_snapshot(path, replace(WHOLE, kernels=np.ones(shape, np.float32)))

    assert load_snapshot(path) is None


def test_more_digits_than_a_page_draws_count_as_none(path: Path) -> None:
    many = replace(
        WHOLE,
        images=np.zeros((2000, 28, 28), np.uint8),
        labels=np.zeros(2000, np.int64),
        probabilities=np.full((2000, 10), 0.1, np.float32),
    )
    save_snapshot(path, many)

    assert load_snapshot(path) is None


@pytest.mark.parametrize("spoil", [make_loop, make_pipe, make_folder, make_dangling_link])
def test_what_is_no_file_counts_as_none_at_once(spoil: Callable[[Path], None], path: Path) -> None:
    spoil(path)
    loaded = list[Snapshot | None]()

    finish(in_background(lambda: loaded.append(load_snapshot(path))))

    assert loaded == [None]
