"""Every file of a run's folder spoilt in every way: the run is damaged, the others are not."""

import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from mnistcore.__main__ import main
from mnistcore.errors import InvalidInputError
from mnistcore.reading.kept_reading import kept_reading
from mnistcore.runs import all_runs
from mnistcore.runs.control import read_requests
from mnistcore.runs.epochs import list_epochs
from mnistcore.runs.events import metrics_csv
from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.own_drawings import read_own_drawings
from mnistcore.runs.queue import runs_before
from mnistcore.runs.snapshot import load_snapshot
from mnistcore.runs.status import ACTIVE, outcome_message, status
from tests.damaged_runs import LIVES, clear, damages, files_of, whole_run

FILES = [
    *(
        ".reserved",
        "checkpoint.pt",
        "checkpoint.reading",
        "config.json",
        "drawings.json",
        "epochs",
        "epochs/0001.pt",
    ),
    *("learning_rate.json", "log.txt", "metrics.jsonl", "outcome.json", "pause", "phase.json"),
    *("snapshot.npz", "started.json", "stop"),
]
SAMPLES = {  # of what a run has only while it goes on
    "phase.json": b'{"phase": "waiting", "since": 5}',
    "learning_rate.json": b'{"learning_rate": 0.01}',
}
SAME_KIND = {"checkpoint.previous.pt", "epochs/0000.pt"}


def look_at(run: Run) -> None:
    """Ask everything that pages and commands ask of a run."""
    stands, message = status(run), outcome_message(run)
    assert (stands == "damaged") == (bool(run.fault) and stands not in ACTIVE)
    assert not run.fault or stands in ACTIVE or message == run.fault
    metrics = RunMetrics(run.metrics)
    metrics.poll()
    assert 0 <= metrics.progress <= 1
    assert metrics.progress_text
    assert metrics.seconds_left is None or metrics.seconds_left >= 0
    metrics_csv(run.metrics)
    load_snapshot(run.snapshot)
    kept_reading(run.checkpoint)
    list_epochs(run)
    read_requests(run)
    runs_before(run)
    with suppress(InvalidInputError):  # a sentence
        read_own_drawings(run)


@pytest.mark.slow
@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("file", FILES)
def test_a_damaged_file_disturbs_nobody_else(
    file: str,
    life: str,
    runs_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, other = whole_run("spoilt"), whole_run("other")
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: None)
    files = {path: path.read_bytes() for path in other.folder.rglob("*") if path.is_file()}
    path = run.folder / file
    content = path.read_bytes() if path.is_file() else SAMPLES.get(file, b"")
    num_damaged = 0
    with LIVES[life](run):
        for number, (word, spoil) in enumerate(damages(content)):
            spoil(path)
            look_at(run)
            num_damaged += status(run) == "damaged"

            known = [one.name for one in all_runs.list_runs()]
            assert known in (["other"], ["other", "spoilt"], ["spoilt", "other"]), word
            if number % 5:
                continue
            assert main(["runs"]) == 0, word
            assert f"\nother{' ' * 20}finished" in capsys.readouterr().out, word
    if file == "config.json" and life == "finished":
        assert num_damaged > 50
        spoil = dict(damages(content))["[]"]
        spoil(path)
        with pytest.raises(InvalidInputError, match=r"'spoilt' cannot be used: config\.json"):
            all_runs.start(run)
    if status(run) not in ("damaged", "finished"):
        all_runs.start(run)
        run.started.unlink(missing_ok=True)
    if status(run) != "starting":
        all_runs.delete_run(run)
        assert not run.folder.exists()
    assert files == {path: path.read_bytes() for path in other.folder.rglob("*") if path.is_file()}


def test_the_table_of_files_is_whole(runs_folder: Path) -> None:
    """Every file that a run can have is in the table above, or is another of its kind."""
    assert set(files_of(whole_run("any"))) - set(FILES) == SAME_KIND


def test_a_folder_of_another_name_is_no_run(runs_folder: Path) -> None:
    whole_run("mine")
    shutil.copytree(runs_folder / "mine", runs_folder / "a copy of mine")

    assert [run.name for run in all_runs.list_runs()] == ["mine"]


def test_a_recipe_of_a_later_version_is_not_taken_for_one_of_this(runs_folder: Path) -> None:
    run = whole_run("later")
    text = run.config_file.read_text()
    run.config_file.write_text(text.replace('"epochs": 5', '"epochs": 5, "momentum": 0.5'))

    assert status(run) == "damaged"
    assert "no setting 'momentum'" in outcome_message(run)
    clear(run.folder)
