import logging
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from mnistcore.drawings.drawing_files import FORMAT, from_json
from mnistcore.errors import InvalidInputError
from mnistcore.models.checkpoint import load_checkpoint
from mnistcore.pasted.reading import read_network
from mnistcore.runs import all_runs
from mnistcore.runs.claim import claim
from mnistcore.runs.control import request_stop
from mnistcore.runs.status import status
from tests.conftest import idle_run
from ui.operator_log import log_refusal, open_log, reason

PROJECT = Path(__file__).parents[2]
SECRETS = ("diary-of-anna.pt", "Anna", "0.12345", "conv.weight")


@pytest.fixture
def log(runs_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("streamlit.session_state", {})
    open_log()
    return runs_folder / ".app.log"


def test_each_run_started_stopped_deleted_has_a_line(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: None)
    run = idle_run("first")
    all_runs.start(run)
    run.started.unlink()
    with claim(run):
        request_stop(run)
    all_runs.delete_run(all_runs.rename_run(run, "second"))

    lines = log.read_text().splitlines()

    said = [line.partition("INFO mnistcore.runs.")[2] for line in lines]
    assert said == [
        "all_runs: run first started",
        "control: run first asked to stop",
        "all_runs: run first renamed to second",
        "all_runs: run second deleted",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "diary-of-anna.pt cannot be used as a checkpoint: it is damaged. Choose another file.",
        "The run 'Anna' cannot be read: config.json is damaged: Expected `int`, got `Anna`.",
        "`stride` is 0.12345. Choose another.",
        "weights are missing for mynet: conv.weight, diary-of-anna.pt",
    ],
)
def test_a_refusal_is_told_in_words_without_what_was_refused(sentence: str) -> None:
    told = reason(InvalidInputError(sentence))

    assert not [secret for secret in SECRETS if secret in told]
    assert len([word for word in told.split() if word != "…"]) >= 3


def raised(error: InvalidInputError | None) -> None:
    assert error
    raise error


@pytest.mark.parametrize(
    "refused",
    [
        lambda folder: load_checkpoint(folder / "Anna Miller failed maths.pt"),
        lambda _: from_json(
            f'{{"format": "{FORMAT}", "drawings": [{{"it\'s Anna \\" here": 1}}]}}'
        ),
        lambda _: raised(read_network("class Anna(nn.Module): pass\nnet = Anna()", (1,)).problem),
        lambda _: from_json('{"format": "Anna\'s \\" maths", "drawings": 7}'),
    ],
)
def test_nothing_of_what_was_refused_stands_in_the_log(
    refused: Callable[[Path], object], tmp_path: Path
) -> None:
    with pytest.raises(InvalidInputError) as error:
        refused(tmp_path)

    told = reason(error.value)
    assert not {"Anna", "Miller", "failed", "maths", "here"} & set(re.findall(r"\w+", told))
    assert len([word for word in told.split() if word != "…"]) >= 3


def test_a_page_drawn_again_says_the_same_once(log: Path) -> None:
    for message in ("It is damaged.", "It is damaged.", "It is too large."):
        log_refusal("ui.prediction.photo", InvalidInputError(message))

    lines = log.read_text().splitlines()
    assert [line.partition("refused by ")[2] for line in lines] == [
        "ui.prediction.photo: It is damaged.",
        "ui.prediction.photo: It is too large.",
    ]
    assert "Traceback" not in log.read_text()


def test_mistakes_are_logged_where_rich_is_installed() -> None:
    config = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    assert config["logger"]["enableRich"] is False  # which would draw them on the console alone


def test_the_log_rotates(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [file] = [one for one in logging.getLogger("ui").handlers if hasattr(one, "maxBytes")]
    monkeypatch.setattr(file, "maxBytes", 500)

    for number in range(100):
        log_refusal("page", InvalidInputError("It is damaged" + " again" * (number % 2) + "."))

    files = sorted(path.name for path in log.parent.glob(".app.log*"))
    assert files == [".app.log", *(f".app.log.{number}" for number in range(1, 6))]
    assert all(path.stat().st_size <= 500 for path in log.parent.glob(".app.log*"))


@pytest.mark.parametrize("name", ["app.log", "app.log.1", "app.log.5", "a"])
def test_no_run_stands_where_the_log_goes(
    name: str, log: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [file] = [one for one in logging.getLogger("ui").handlers if hasattr(one, "maxBytes")]
    monkeypatch.setattr(file, "maxBytes", 500)
    run = idle_run(name)

    for number in range(100):
        log_refusal("page", InvalidInputError("It is damaged" + " again" * (number % 2) + "."))

    assert [one.name for one in all_runs.list_runs()] == [name]
    assert status(run) == "interrupted"
    assert len(list(log.parent.glob(".app.log*"))) == 6
    assert not capsys.readouterr().err  # where it told what it could not write
    with pytest.raises(InvalidInputError, match="cannot be called"):
        all_runs.rename_run(run, log.name)


def test_where_no_log_can_be_written_the_console_has_it(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(log.parent, ignore_errors=True)
    log.parent.write_text("no folder")

    log_refusal("page", InvalidInputError("It is damaged."))

    assert "refused by page: It is damaged." in capsys.readouterr().err


def test_the_apps_own_mistakes_stand_there_with_their_place(log: Path) -> None:
    try:
        raise KeyError("ours")
    except KeyError as error:
        logging.getLogger("streamlit.error_util").error("Uncaught app execution", exc_info=error)

    assert "ERROR streamlit.error_util" in log.read_text()
    assert "KeyError: 'ours'" in log.read_text()
