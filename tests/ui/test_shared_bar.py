"""What follows the bar stays where it is when torch comes: a click on it may be on its way."""

from pathlib import Path

import pytest

from tests.pages.conftest import visit
from ui.torch_import import import_torch


def places(path: str) -> dict[int, str]:
    """Return what a page consists of, by its places; before torch has come a look is taken too."""
    page = visit(path)
    assert not page.exception
    return {place: block.type for place, block in page.main.children.items()}


@pytest.mark.parametrize("name", ["prediction", "training", "convolution", "network"])
def test_nothing_moves_when_torch_comes(
    name: str, runs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_torch()
    path = f"pages/{name}.py"
    with monkeypatch.context() as asleep:
        asleep.setattr("ui.shared_bar.torch_is_imported", lambda: False)
        asleep.setattr("ui.torch_import.torch_is_imported", lambda: False)
        before = places(path)

    after = places(path)

    assert before.keys() == after.keys()
    moved = {place for place in before if before[place] != after[place]}
    assert len(moved) <= 1  # where the look was taken
