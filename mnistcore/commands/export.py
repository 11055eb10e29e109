"""`python -m mnistcore export`: a network in a file to take home, in the form its name says."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mnistcore.errors import InvalidInputError
from mnistcore.exported.texts import ENGLISH, LANGUAGES, PAGE, REPORT, in_language
from mnistcore.runs import all_runs

if TYPE_CHECKING:
    from mnistcore.models.checkpoint import Checkpoint

FORMS = {
    ".pt": "the weights, for this library or any other program in PyTorch",
    ".html": "one web page that reads what is drawn on it, without internet",
    ".onnx": "for any program that runs ONNX files; needs `pip install mnistcore[onnx]`",
    ".py": "a program in plain PyTorch that loads the .pt of the same name",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `export` takes."""
    parser.set_defaults(command=export)
    parser.add_argument("run", metavar="RUN", help="a run's name, or a checkpoint (.pt)")
    parser.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="; ".join(f"{suffix}: {form}" for suffix, form in FORMS.items()),
    )
    parser.add_argument(
        "--report",
        action="store_true",
        help="a report of the run to hand in, as HTML, instead of its network",
    )
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=ENGLISH,
        help="what a web page or a report speaks (%(default)s)",
    )


def export(options: argparse.Namespace) -> int:
    """Write a run's network, without what only training needs, in the form of the file's name."""
    from mnistcore.models.checkpoint import load_checkpoint

    if options.report:
        from mnistcore.exported.run_report import write_run_report

        texts = in_language(REPORT, options.lang)
        write_run_report(options.file, all_runs.find_run(options.run), texts)
        print(f"{options.file}: {options.file.stat().st_size:,} bytes")
        return 0
    suffix = options.file.suffix.lower()
    if suffix not in FORMS:
        raise InvalidInputError(
            f"{options.file.name} says no form. Choose a name that ends in {' or '.join(FORMS)}."
        )
    if options.lang != ENGLISH and suffix != ".html":
        raise InvalidInputError(
            f"{options.file.name} speaks no language. Leave --lang out, or choose a name that ends "
            "in .html."
        )
    path, title = _checkpoint_of(options.run)
    write_export(options.file, load_checkpoint(path), title, options.lang)
    print(f"{options.file}: {options.file.stat().st_size:,} bytes")
    return 0


def write_export(path: Path, checkpoint: "Checkpoint", title: str, language: str = ENGLISH) -> None:
    """Write a checkpoint's network in the form that the path's ending says."""
    from mnistcore.exported.onnx_file import write_onnx
    from mnistcore.exported.plain_torch import plain_program
    from mnistcore.exported.web_page import write_web_page
    from mnistcore.files import check_can_be_written, file_to_write
    from mnistcore.models.checkpoint import save_checkpoint
    from mnistcore.reading.classifier import classifier_of

    match path.suffix.lower():
        case ".pt":
            check_can_be_written(path)
            save_checkpoint(path, replace(checkpoint, training=None))
        case ".html":
            texts = in_language(PAGE, language)
            write_web_page(path, classifier_of(checkpoint), title, texts)
        case ".onnx":
            write_onnx(path, classifier_of(checkpoint), title)
        case ".py":
            program = plain_program(checkpoint, path.with_suffix(".pt").name)
            with file_to_write(path) as aside:
                aside.write_text(program, encoding="utf-8")


def _checkpoint_of(run: str) -> tuple[Path, str]:
    """Return a network's file and what it is called."""
    if run.endswith(".pt"):
        return Path(run), Path(run).stem
    found = all_runs.find_run(run)
    return found.checkpoint, found.name
