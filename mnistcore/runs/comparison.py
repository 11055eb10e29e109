"""Runs compared: the settings in which they differ. Imports no torch."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mnistcore.models.catalogue import network_title
from mnistcore.runs.folder import Run


def differences(compared: Sequence[Run]) -> dict[str, list[Any]]:
    """Return the settings in which runs differ: for each, what every run has.

    Args:
        compared: The runs, in the order of the answer's lists.
    """
    settings = [_settings(run) for run in compared]
    names = dict.fromkeys(name for own in settings for name in own)
    table = {name: [own.get(name, "–") for own in settings] for name in names}
    return {name: values for name, values in table.items() if any(v != values[0] for v in values)}


def _settings(run: Run) -> dict[str, Any]:
    config = run.config
    return {
        "network": network_title(config.network),
        **asdict(config.recipe),
        "own_drawings": config.own_drawings.number if config.own_drawings else 0,
        "device": config.device,
        "num_threads": config.num_threads,
        **config.versions,
    }
