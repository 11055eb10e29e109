from pathlib import Path

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.runs.epochs import epoch_is_kept, find_epoch, list_epochs
from mnistcore.runs.folder import Run


def test_an_epoch_that_was_not_kept_is_explained(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.epochs.mkdir()
    for epoch in (0, 1):
        run.epoch_file(epoch).touch()

    assert find_epoch(run, 1) == run.epoch_file(1)
    with pytest.raises(InvalidInputError, match=r"no weights of epoch 5\. Choose .* has: 0, 1\."):
        find_epoch(run, 5)


def test_half_written_files_and_others_are_no_epochs(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.epochs.mkdir()
    for name in ("0003.pt", ".0004.pt.123", "notes.pt", "0012.pt", "12345.pt"):
        (run.epochs / name).touch()

    assert list_epochs(run) == [3, 12, 12345]
    assert run.epoch_file(12345).exists()


@pytest.mark.parametrize("num_epochs", [1, 5, 200, 201, 1000, 99_999])
@pytest.mark.parametrize("num_bytes", [0, 140_000, 1_240_000, 99_000_000, 10**12])
def test_what_is_kept_is_bounded_and_holds_both_ends(num_epochs: int, num_bytes: int) -> None:
    kept = [
        epoch
        for epoch in range(num_epochs + 1)
        if epoch_is_kept(epoch, num_epochs=num_epochs, num_bytes=num_bytes)
    ]

    assert kept[0] == 0
    assert kept[-1] == num_epochs
    assert len(kept) <= 202
    assert (len(kept) - 2) * num_bytes <= 100_000_000
