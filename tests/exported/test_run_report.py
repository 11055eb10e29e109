"""A run's report holds what the run was asked for, how it went, and how to repeat it."""

import html
import math
import re
import shlex
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mnistcore.__main__ import _parser
from mnistcore.errors import InvalidInputError
from mnistcore.exported.run_report import repeating_command, run_report, write_run_report
from mnistcore.exported.texts import REPORT
from mnistcore.mnist.splits import load_split
from mnistcore.models.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from mnistcore.models.model import build_network
from mnistcore.pasted.reading import read_network
from mnistcore.reading.classifier import MYNET
from mnistcore.reading.kept_reading import keep_reading
from mnistcore.runs import all_runs
from mnistcore.runs.events import append_event
from mnistcore.runs.folder import Run
from mnistcore.runs.schema import Config
from mnistcore.stacks.json_format import stack_to_dict
from mnistcore.stacks.text_format import drafts_of
from mnistcore.training.events import StepEnd
from mnistcore.training.recipes import RECIPES
from tests.exported.networks import STACKS
from tests.own_drawings import strange_fours
from ui.language import _catalogue


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run that has ended, and read all test digits right but three."""
    monkeypatch.setenv("MNISTCORE_RUNS", str(tmp_path / "runs"))
    run = all_runs.create_run("mine", network="mynet", recipe=RECIPES["article"])
    save_checkpoint(run.checkpoint, load_checkpoint(MYNET))
    read = np.eye(10, dtype=np.float32)[load_split("test").labels.numpy()]
    read[[5, 60, 700]] = np.roll(read[[5, 60, 700]], 1, axis=1)
    keep_reading(run.checkpoint, read)
    return run


def command_in(report: str) -> str:
    """Return the command that repeats a run, from `train` on."""
    [told] = re.findall(r"<code>(.*?)</code>", report)
    command: str = html.unescape(re.sub("</?span>", "", told))
    return command.removeprefix("python -m mnistcore ")


def test_the_report_says_how_good_the_run_is_and_shows_its_mistakes(run: Run) -> None:
    report = run_report(run)

    assert "<strong>99.97%</strong>" in report
    assert report.count("<img ") == 3
    assert re.search(r"<th>seed</th><td>1</td>", report)
    assert re.search(r"<th>torch</th><td>[\d.]+", report)
    assert command_in(report).startswith("train --network mynet --recipe article")


@pytest.mark.parametrize(
    ("losses", "left_out"),
    [((math.inf, 0.5), 2), ((0.5, math.nan), 1), ((math.nan,), 1), ((-math.inf,), 1), ((-1.0,), 0)],
)
def test_what_is_no_finite_number_is_left_out_and_told(
    losses: tuple[float, ...], left_out: int, run: Run
) -> None:
    for step, loss in enumerate(losses, start=1):
        append_event(run.metrics, StepEnd(step, 1, loss, accuracy=0.5, learning_rate=0.001))

    report = run_report(run)

    told = re.findall(r"smoothed \(left out, as no finite numbers: (\d+)\)</figcaption>", report)
    assert told == [str(left_out)] * bool(left_out)
    assert not re.search(r"\b(inf|nan)\b", report)
    assert report.count("<polyline") == (left_out < len(losses))


def test_the_report_asks_for_nothing_and_is_one_file(run: Run, tmp_path: Path) -> None:
    write_run_report(tmp_path / "report.html", run)

    report = (tmp_path / "report.html").read_text()
    assert not re.search(r"https?:|<script|@import|url\(", report)
    assert all(
        source.startswith("data:") for source in re.findall(r'(?:src|href)="([^"]*)', report)
    )


def test_a_run_without_a_checkpoint_is_a_sentence(run: Run) -> None:
    run.checkpoint.unlink()

    with pytest.raises(InvalidInputError, match="no checkpoint yet"):
        run_report(run)


def test_the_command_asks_for_the_very_same_recipe() -> None:
    recipe = replace(RECIPES["default"], seed=7, epochs=3, label_smoothing=0.1)

    words = shlex.split(repeating_command(Config("dense", recipe, num_threads=2)))[3:]

    asked = _parser("train").parse_args(words)
    assert (asked.network, asked.recipe, asked.threads) == ("dense", "default", 2)
    assert (asked.seed, asked.epochs, asked.label_smoothing) == (7, 3, 0.1)


def test_the_report_speaks_the_language_that_it_is_given(run: Run) -> None:
    chinese = _catalogue("zh")

    report = run_report(run, {name: chinese.gettext(text) for name, text in REPORT.items()})

    assert '<html lang="zh-CN">' in report
    assert "的准确率为 <strong>99.97%</strong>" in report
    heads = re.findall(r"<th>([^<]*)</th>", report)
    assert "学习率" in heads
    assert [head for head in heads if re.match("[a-z]", head)] == [*run.config.versions]
    assert "training" not in re.sub(r"<(style|code)>.*?</\1>", "", report, flags=re.DOTALL)


def test_the_report_tells_of_own_drawings_and_its_command_asks_for_them(run: Run) -> None:
    assert "<th>own drawings</th><td>0</td>" in run_report(run)
    assert "--drawings" not in run_report(run)
    own = all_runs.create_run(
        "own",
        network="mynet",
        recipe=RECIPES["article"],
        own_drawings=strange_fours(2, seed=1),
    )
    run.checkpoint.rename(own.checkpoint)
    run.reading.rename(own.reading)

    report = run_report(own)

    assert "<th>own drawings</th><td>2</td>" in report
    asked = _parser("train").parse_args(shlex.split(command_in(report)))
    assert asked.drawings == Path(own.own_drawings.name)


def test_the_report_of_ones_own_layers_lists_them_as_they_are_pasted(run: Run) -> None:
    stack = STACKS["depthwise"]
    network = stack_to_dict(stack)
    own = all_runs.create_run("own", network=network, recipe=RECIPES["article"])
    weights = build_network(network, seed=1).state_dict()
    save_checkpoint(own.checkpoint, Checkpoint(network, weights))
    keep_reading(own.checkpoint, np.eye(10, dtype=np.float32)[load_split("test").labels.numpy()])

    report = run_report(own)

    assert "--stack network.json" in command_in(report)
    listed = re.search(r'<code class="layers">(.*?)</code>', report, re.DOTALL)
    assert listed is not None
    pasted = read_network(html.unescape(listed[1]), stack.input_shape)
    assert [call.draft for call in pasted.trace.calls] == drafts_of(stack)
