from pathlib import Path

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.runs.all_runs import create_run
from mnistcore.training.recipes import RECIPES
from tests.pages.conftest import component_data, visit
from ui.visitor import check_is_own, is_awaited, owner

ANNA, BEN = "a" * 32, "b" * 32


@pytest.fixture
def only_own(runs_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let visitors change what is their own."""
    file = runs_folder.parent / "mnistcore.toml"
    file.write_text("only_own = true")
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(file))


@pytest.fixture
def session(only_own: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A visitor's session there."""
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


def test_start_waits_for_the_key_and_no_longer(only_own: None) -> None:
    page = visit("pages/training.py")

    def start() -> bool:
        [button] = [one for one in page.button if one.label == "Start"]
        return bool(button.disabled)

    assert start()
    assert component_data(page, "visitor_key") == {"known": None}
    page.session_state["visitor"] = ANNA
    page.run()
    assert not start()
    assert component_data(page, "visitor_key") == {"known": ANNA}


def test_a_browser_that_says_it_keeps_no_key_is_awaited_no_longer(session: dict[str, str]) -> None:
    assert is_awaited()

    session["visitor_has_told"] = "yes"

    assert not is_awaited()
