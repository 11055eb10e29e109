"""`tests/` has the shape of what it tests: a stranger finds a module's tests by its name."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PROJECT = TESTS.parent
# What belongs to no single module; so do the files beside this one, and all of `browser/`.
JOURNEYS = {
    "commands/test_main.py": "the whole command line, from its arguments to its exit code",
    "models/test_hostile_checkpoints.py": "a file, from its bytes to what its network answers",
    "pages/test_hostile_uploads.py": "every place for a file, on whatever page",
    "pages/test_damaged_runs.py": "every page that shows runs, beside damaged ones",
    "pages/test_addresses.py": "every page, by whatever its address says",
    "pages/test_older_links.py": "every page, by what earlier versions wrote into addresses",
    "pages/test_one_digit.py": "one digit and one network, from page to page",
    "pasted/test_networks.py": "networks as people write them, against the module built in torch",
    "pasted/test_refusals.py": "what is not understood, named with its line",
    "ui/lesson/test_strokes_from_the_pad.py": "what a browser's pad sends, as the lesson takes it",
    "runs/test_standing_process.py": "a process that stands by, from its start to its end",
    "training/test_torchrun.py": "processes under PyTorch's launcher, from the command line on",
    "ui/test_kept_messages.py": "a setting of Streamlit's, as the checkout says it",
    "worker/test_killed_runs.py": "processes that are killed, from the command line on",
}
FILES = [
    path.relative_to(TESTS).as_posix()
    for path in sorted(TESTS.glob("*/**/test_*.py"))
    if not path.is_relative_to(TESTS / "browser")
]


def homes(file: str) -> list[Path]:
    """Return where what a file tests may stand; a page's tests may be split by its parts."""
    folder, name = Path(file).parent, Path(file).stem.removeprefix("test_")
    if folder.name == "pages":
        parts = name.split("_")
        pages = ["_".join(parts[:end]) for end in range(1, len(parts) + 1)]
        return [PROJECT / "app.py"] * (name == "start") + [
            PROJECT / "pages" / f"{page}.py" for page in pages
        ]
    root = PROJECT if folder.parts[0] == "ui" else PROJECT / "mnistcore"
    return [root / folder / f"{name}.py", root / folder / name]


@pytest.mark.parametrize("file", [file for file in FILES if file not in JOURNEYS])
def test_a_file_of_tests_belongs_to_a_module_of_its_name(file: str) -> None:
    assert any(home.exists() for home in homes(file)), homes(file)


def test_every_journey_told_here_is_there() -> None:
    assert set(FILES) >= JOURNEYS.keys()
