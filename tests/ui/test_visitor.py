from pathlib import Path

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.runs.all_runs import create_run
from mnistcore.training.recipes import RECIPES
from ui.visitor import check_is_own, owner

ANNA, BEN = "a" * 32, "b" * 32


@pytest.fixture
def session(runs_folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A visitor's session, where visitors change what is their own."""
    file = runs_folder.parent / "mnistcore.toml"
    file.write_text("only_own = true")
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(file))
    state: dict[str, str] = {}
    monkeypatch.setattr("streamlit.session_state", state)
    return state


def test_a_run_is_its_starters(session: dict[str, str]) -> None:
    session["visitor"] = ANNA
    run = create_run("annas", network="mynet", recipe=RECIPES["article"], owner=owner())

    check_is_own(run)
    session["visitor"] = BEN
    with pytest.raises(InvalidInputError, match="'annas' was started by somebody else"):
        check_is_own(run)
    assert ANNA not in run.config_file.read_text()


def test_the_operators_runs_are_nobody_elses(session: dict[str, str]) -> None:
    run = create_run("shell", network="mynet", recipe=RECIPES["article"])
    session["visitor"] = ANNA

    with pytest.raises(InvalidInputError, match="somebody else"):
        check_is_own(run)


def test_a_damaged_run_is_nobodys(session: dict[str, str]) -> None:
    session["visitor"] = ANNA
    run = create_run("annas", network="mynet", recipe=RECIPES["article"], owner=owner())
    run.config_file.write_text("{")

    with pytest.raises(InvalidInputError, match="somebody else"):
        check_is_own(run)


def test_a_browser_that_keeps_no_key_is_told(session: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError, match="keeps no key"):
        owner()


def test_where_it_does_not_matter_nobody_is_asked(
    session: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MNISTCORE_SETTINGS", "none.toml")

    assert owner() == ""
    check_is_own(create_run("any", network="mynet", recipe=RECIPES["article"]))
