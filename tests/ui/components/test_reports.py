import re
from pathlib import Path
from typing import Any

import pytest

from ui.components.reports import answered, reported, reported_place
from ui.convolution.number_text import reported_table

LOGGED: list[str] = []
PROJECT = Path(__file__).parents[3]


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    held: dict[str, Any] = {}
    monkeypatch.setattr("streamlit.session_state", held)
    LOGGED.clear()
    monkeypatch.setattr(
        "ui.components.reports.log_refusal", lambda where, error: LOGGED.append(str(error))
    )
    monkeypatch.setattr(
        "ui.convolution.number_text.log_refusal", lambda where, error: LOGGED.append(str(error))
    )
    return held


def test_what_a_component_reports_is_taken(state: dict[str, Any]) -> None:
    state["gallery"] = {"clicked": 3, "position": "1.2"}

    assert reported("gallery", "position", str) == "1.2"
    assert reported_place("gallery", 4) == 3
    assert not LOGGED


@pytest.mark.parametrize("held", [None, "x", {}, {"clicked": None}])
def test_what_was_not_reported_is_none(state: dict[str, Any], held: object) -> None:
    state["gallery"] = held

    assert reported("gallery", "clicked", int) is None
    assert reported("elsewhere", "clicked", int) is None
    assert not LOGGED


@pytest.mark.parametrize("told", ["x", [], {"a": 1}, 1.5, True, float("nan"), 10**400])
def test_what_no_component_reports_is_refused_and_logged(
    state: dict[str, Any], told: object
) -> None:
    state["gallery"] = {"clicked": told}

    assert reported_place("gallery", 4) is None
    assert len(LOGGED) == (told != 10**400)


@pytest.mark.parametrize("place", [-1, 4, 10**9])
def test_only_what_is_there_was_clicked(state: dict[str, Any], place: int) -> None:
    state["gallery"] = {"clicked": place}

    assert reported_place("gallery", 4) is None


@pytest.mark.parametrize(
    "rows", ["x", [["x"]], [[1, 2], [3]], [[]], [1], {"a": 1}, [[float("nan")]], [[1] * 9] * 9]
)
def test_a_table_that_is_none_is_refused_and_logged(state: dict[str, Any], rows: object) -> None:
    state["grid"] = {"numbers": rows}

    assert reported_table("grid", "numbers", decimals=2, most_rows=7) is None
    assert LOGGED


@pytest.mark.parametrize("folder", ["ui", "pages"])
def test_nothing_that_a_component_reports_is_taken_as_it_came(folder: str) -> None:
    names = "clicked|painted|numbers|position|drawing|chosen|stop|presents"
    bare = re.compile(rf"session_state(\[[^\]]+\]|\.\w+)(\.({names})\b|\.get\(\"({names})\"\))")

    found = [
        f"{path}: {line}"
        for path in (PROJECT / folder).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if bare.search(line) and "`" not in line
    ]

    assert not found


def test_a_table_is_taken_as_numbers(state: dict[str, Any]) -> None:
    state["grid"] = {"numbers": [[1, -2.346], [0, 9]]}

    table = reported_table("grid", "numbers", decimals=2, most_rows=7)

    assert table is not None
    assert table.tolist() == [[1, -2.35], [0, 9]]


def test_the_number_of_the_last_report_that_was_taken_is_given_back(state: dict[str, Any]) -> None:
    assert answered("grid", "clicked") == {"clicked": None}

    state["grid"] = {"clicked": {"number": "a-1", "value": 3}}
    assert reported_place("grid") == 3
    state["grid"] = {"clicked": None}  # a trigger, in the next run

    assert answered("grid", "clicked", "painted") == {"clicked": "a-1", "painted": None}


def test_what_was_reported_is_answered_though_nobody_asked_for_it(state: dict[str, Any]) -> None:
    state["grid"] = {"numbers": {"number": "a-2", "value": [[1]]}}

    assert answered("grid", "numbers") == {"numbers": "a-2"}


def test_a_report_that_is_refused_is_answered_too(state: dict[str, Any]) -> None:
    state["grid"] = {"clicked": {"number": "a-3", "value": "x"}}

    assert reported_place("grid") is None
    assert LOGGED
    assert answered("grid", "clicked") == {"clicked": "a-3"}


@pytest.mark.parametrize("number", [None, 7, [], "x" * 100_000])
def test_a_number_that_no_component_sends_is_not_given_back(
    state: dict[str, Any], number: object
) -> None:
    state["grid"] = {"clicked": {"number": number, "value": 3}}

    assert reported_place("grid") == 3
    assert answered("grid", "clicked") == {"clicked": None}
