"""A run as one HTML file to hand in: what was asked for, how it went, how good it is, once more.

Prints to two pages. Everything is inside the file: curves as SVG, digits as PNG.
"""

import base64
import html
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from io import BytesIO
from math import isfinite
from pathlib import Path
from string import Template

import numpy as np
import numpy.typing as npt
from PIL import Image

from mnistcore.errors import InvalidInputError
from mnistcore.exported.report_chart import Points, chart
from mnistcore.exported.texts import REPORT, Texts
from mnistcore.files import PACKAGE, file_to_write
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import load_classifier
from mnistcore.reading.gallery import ReadSplit
from mnistcore.reading.kept_reading import kept_reading
from mnistcore.reading.report import NUM_CLASSES, Report, make_report
from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.schema import Config
from mnistcore.stacks.json_format import stack_from_dict
from mnistcore.stacks.text_format import drafts_of, write_layers
from mnistcore.training.recipes import RECIPES, Recipe

TEMPLATE = PACKAGE / "exported" / "web" / "report.html"
NUM_MISTAKES = 12


def write_run_report(path: Path, run: Run, texts: Texts = REPORT) -> None:
    """Write `run_report` as a file, whole or not at all.

    Raises:
        InvalidInputError: The run is gone, damaged, or has no checkpoint yet.
    """
    content = run_report(run, texts)
    with file_to_write(path) as aside:
        aside.write_text(content, encoding="utf-8")


def run_report(run: Run, texts: Texts = REPORT) -> str:
    """Return a run's report as HTML.

    The test split is read anew only where what the run read in it was not kept.

    Args:
        run: The run.
        texts: What the report says, in the reader's language.

    Raises:
        InvalidInputError: The run is gone, damaged, or has no checkpoint yet.
    """
    config = run.config
    if not run.checkpoint.is_file():
        raise InvalidInputError(
            "The run {name!r} has no checkpoint yet, so there is nothing to report. Let it go on.",
            name=run.name,
        )
    metrics = RunMetrics(run.metrics)
    metrics.poll()
    reading = _read_test(run)
    report = make_report(reading)
    whole = report.whole
    result = html.escape(texts["result"]).format(
        accuracy=f"<strong>{whole.accuracy:.2%}</strong>",
        interval=texts["to"].format(low=whole.low, high=whole.high),
        num_images=whole.num_images,
        network=html.escape(_title(config, texts)),
    )
    words = {name: html.escape(text) for name, text in texts.items()} | {
        "name": html.escape(run.name),
        "title": html.escape(texts["title"].format(name=run.name)),
        "result": result,
    }
    valid = [(end.epoch, 100 * end.valid_accuracy) for end in metrics.epochs]
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        words,
        settings=_rows(_settings(config, texts), texts),
        versions=_rows([*_taken(config, metrics), *config.versions.items()], texts),
        loss=_chart(metrics.loss.smooth.points, texts["loss"], texts, is_log=True),
        valid=_chart(valid, texts["valid"], texts),
        digits=_digit_rows(report, texts),
        matrix=_confusion(report.confusion),
        mistakes=_mistakes(reading, report.worst[:NUM_MISTAKES], texts),
        command=_unbroken(repeating_command(config)),
        files=_files(config, texts),
    )


def repeating_command(config: Config) -> str:
    """Return the command that trains such a run again.

    >>> repeating_command(Config("mynet", RECIPES["default"]))
    'python -m mnistcore train --network mynet --recipe default --threads 1'
    """
    recipe = config.recipe
    given = asdict(recipe)
    base = min(RECIPES, key=lambda name: len(_differences(given, RECIPES[name])))
    network = (
        f"--network {config.network}" if isinstance(config.network, str) else "--stack network.json"
    )
    words = [f"--recipe {base}"]
    words += [
        f"--{name.replace('_', '-')} {given[name]}" for name in _differences(given, RECIPES[base])
    ]
    words += [f"--drawings {Run(Path()).own_drawings.name}"] if config.own_drawings else []
    device = [] if config.device == "auto" else [f"--device {config.device}"]
    return " ".join(
        ["python -m mnistcore train", network, *words, *device, f"--threads {config.num_threads}"]
    )


def _differences(given: dict[str, object], recipe: Recipe) -> list[str]:
    return [
        field.name
        for field in fields(Recipe)
        if field.name != "rules" and given[field.name] != getattr(recipe, field.name)
    ]


def _read_test(run: Run) -> ReadSplit:
    test = load_split("test")
    images = test.images.numpy()
    probabilities = kept_reading(run.checkpoint)
    if probabilities is None:
        probabilities = load_classifier(run.checkpoint).predict(images)
    return ReadSplit(images, test.labels.numpy(), probabilities)


def _title(config: Config, texts: Texts) -> str:
    if isinstance(config.network, str):
        return config.network
    return texts["stack"].format(num_layers=len(config.network["layers"]))


def _settings(config: Config, texts: Texts) -> list[tuple[str, object]]:
    return [
        ("network", _title(config, texts)),
        *asdict(config.recipe).items(),
        ("own drawings", config.own_drawings.number if config.own_drawings else 0),
        ("device", config.device),
        ("threads", config.num_threads),
    ]


def _taken(config: Config, metrics: RunMetrics) -> list[tuple[str, object]]:
    begun = datetime.fromtimestamp(config.created).strftime("%Y-%m-%d %H:%M")
    return [
        *([("begun", begun)] if config.created else []),
        ("steps", f"{metrics.step.step if metrics.step else 0:,}"),
    ]


def _unbroken(command: str) -> str:
    """Return a command whose lines break between its options alone."""
    parts = html.escape(command).split(" --")
    return " ".join(
        f"<span>{'--' if place else ''}{part}</span>" for place, part in enumerate(parts)
    )


def _files(config: Config, texts: Texts) -> str:
    """Return what is to be known of the files that the command names."""
    told = f"<p>{html.escape(texts['drawings'])}</p>" if config.own_drawings else ""
    if isinstance(config.network, str):
        return told
    layers = html.escape(write_layers(drafts_of(stack_from_dict(config.network))))
    return f'{told}<p>{html.escape(texts["layers"])}</p><code class="layers">{layers}</code>'


def _rows(pairs: Iterable[tuple[str, object]], texts: Texts) -> str:
    return "\n".join(
        f"<tr><th>{html.escape(texts.get(name, name.replace('_', ' ')))}</th>"
        f"<td>{html.escape(str(value))}</td></tr>"
        for name, value in pairs
    )


def _chart(points: Points, caption: str, texts: Texts, *, is_log: bool = False) -> str:
    finite = [(at, value) for at, value in points if isfinite(value)]
    if len(finite) < len(points):
        number = len(points) - len(finite)
        caption = texts["left out"].format(caption=caption, number=number)
    if finite:
        return chart(finite, caption, is_log=is_log)
    told = caption if points else texts["nothing"].format(caption=caption)
    return f"<figure><figcaption>{html.escape(told)}</figcaption></figure>"


def _digit_rows(report: Report, texts: Texts) -> str:
    return "\n".join(
        f"<tr><th>{d.digit}</th>"
        f"<td>{texts['of'].format(num_correct=d.num_correct, num_images=d.num_images)}</td>"
        f"<td>{d.accuracy:.2%}</td><td>{texts['to'].format(low=d.low, high=d.high)}</td></tr>"
        for d in report.digits
    )


def _confusion(confusion: npt.NDArray[np.int64]) -> str:
    """Return the matrix as a table; what was read right is set apart from what was not."""
    head = "".join(f"<th>{digit}</th>" for digit in range(NUM_CLASSES))
    rows = "".join(
        f"<tr><th>{truth}</th>"
        + "".join(
            f'<td class="{"right" if truth == said else "wrong" if count else "none"}">{count}</td>'
            for said, count in enumerate(row)
        )
        + "</tr>"
        for truth, row in enumerate(confusion.tolist())
    )
    return f"<tr><th></th>{head}</tr>{rows}"


def _mistakes(reading: ReadSplit, indices: Sequence[int], texts: Texts) -> str:
    if not indices:
        return f"<p>{texts['none']}</p>"
    return "\n".join(
        f'<figure><img src="{_png(reading.images[index])}" alt="" width="56" height="56">'
        f"<figcaption>{_mistake(reading, index, texts)}</figcaption></figure>"
        for index in indices
    )


def _mistake(reading: ReadSplit, index: int, texts: Texts) -> str:
    return texts["mistake"].format(
        label=reading.labels[index],
        prediction=reading.predictions[index],
        share=reading.confidences[index],
    )


def _png(image: npt.NDArray[np.uint8]) -> str:
    file = BytesIO()
    Image.fromarray(255 - image).save(file, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
