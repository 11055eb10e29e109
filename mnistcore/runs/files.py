"""A run's files as somebody else's program wants them. Imports no torch."""

import csv
from io import StringIO
from pathlib import Path

from mnistcore.runs.metrics import Event, read_events

COLUMNS = (
    "event",
    "step",
    "epoch",
    "loss",
    "accuracy",
    "learning_rate",
    "valid_loss",
    "valid_accuracy",
    "images_per_second",
    "time",
)


def metrics_csv(path: Path) -> str:
    """Return steps and epochs as a table, each once, in order; steps taken twice as last taken.

    Args:
        path: A run's `metrics.jsonl`.

    >>> metrics_csv(Path("there-is-no-such-file")).split(",")[:3]
    ['event', 'step', 'epoch']
    """
    rows: dict[tuple[int, str], Event] = {}
    for event in read_events(path)[0]:
        if event["event"] in ("StepEnd", "EpochEnd"):
            rows[event["step"], event["event"]] = event
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows[key] for key in sorted(rows, key=lambda key: (key[0], key[1] < "F")))
    return text.getvalue()
