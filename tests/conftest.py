"""What tests of several modules need."""

import gc
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner

from mnistcore.mnist.splits import Split
from mnistcore.runs.all_runs import create_run
from mnistcore.runs.folder import Run
from mnistcore.training.recipes import RECIPES
from mnistcore.worker import execution

# A first call to torch takes longer than hypothesis allows, and so does a busy machine.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("patient")
# Tests run side by side, more processes than processors.
torch.set_num_threads(1)


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: tests of a page wait as long as they compute."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long files first: of what is left at the end, processes side by side share the rest."""
    long_files = {
        item.path
        for item in items
        if item.get_closest_marker("slow") or item.get_closest_marker("browser")
    }
    items.sort(key=lambda item: item.path not in long_files)


@pytest.fixture(autouse=True)
def chance() -> None:
    """Let torch's chance be that of the test alone, in whatever order the tests run."""
    torch.manual_seed(0)


@pytest.fixture(scope="session", autouse=True)
def packages_are_read_once() -> Iterator[None]:
    """Spare each page that is opened the descriptions of all installed packages, read anew."""
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


def toy_split(name: str = "train", num_images: int = 40) -> Split:
    """Make digits that a network can tell apart at once: a bright row, whose place is the label."""
    labels = torch.arange(num_images) % 10
    images = torch.zeros(num_images, 28, 28, dtype=torch.uint8)
    for image, label in zip(images, labels.tolist(), strict=True):
        image[2 * label + 4 : 2 * label + 6, 6:22] = 255
    return Split(name, images, labels)


def idle_run(name: str) -> Run:
    """Make a run that nobody carries out."""
    return create_run(name, network="mynet", recipe=RECIPES["article"], num_threads=1)


@pytest.fixture
def runs_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give runs a folder of their own, where none stands by, and visitors all that may be."""
    folder = tmp_path / "runs"
    monkeypatch.setenv("MNISTCORE_RUNS", str(folder))
    monkeypatch.setenv("MNISTCORE_STANDBY_SECONDS", "0")
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(tmp_path / "no-settings.toml"))
    yield folder


@pytest.fixture
def toy_data(monkeypatch: pytest.MonkeyPatch, runs_folder: Path) -> Path:
    """Let trainings learn from toys; return where runs lie."""
    monkeypatch.setattr(execution, "load_split", toy_split)
    return runs_folder


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Have the collector pass over the million objects of torch and of all tests' modules."""
    gc.collect()
    gc.freeze()
