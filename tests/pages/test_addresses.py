"""Any address shows its page: what makes no sense in it is left out."""

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import pytest
from streamlit.runtime.state.query_params import QueryParams

from tests.hostile_addresses import HOSTILE, NAMES, VIEWS
from tests.pages.conftest import visit
from ui import address

ALL_NAMES = {name for names in NAMES.values() for name in names.split()}


def attacks(path: str, view: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield addresses, until each name that does not open the view had each hostile value."""
    attacked = [name for name in NAMES[path].split() if name not in view]
    for start in range(len(HOSTILE)):
        values = islice(cycle(HOSTILE), start, start + len(attacked))
        yield {**dict(zip(attacked, values, strict=True)), **view}


def attack(path: str, given: dict[str, Any]) -> None:
    page = visit(path, **given)

    assert not page.exception, f"{given}: {page.exception[0].value}"
    assert page.title, given


@pytest.mark.usefixtures("some_run")
@pytest.mark.parametrize(("path", "view"), VIEWS)
def test_a_hostile_address_shows_the_page(path: str, view: dict[str, str]) -> None:
    attack(path, next(attacks(path, view)))


@pytest.mark.slow
@pytest.mark.usefixtures("some_run")
@pytest.mark.parametrize(("path", "view"), VIEWS)
def test_every_hostile_value_of_every_name_shows_the_page(path: str, view: dict[str, str]) -> None:
    for given in attacks(path, view):
        attack(path, given)


@pytest.mark.slow
@pytest.mark.usefixtures("some_run")
def test_no_name_of_an_address_is_forgotten_here(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    bind, read = QueryParams.bind_widget, address.read

    def note_bound(self: QueryParams, param_key: str, *args: Any, **more: Any) -> None:
        asked.add(param_key)
        bind(self, param_key, *args, **more)

    def note_read(name: str) -> str:
        asked.add(name)
        return read(name)

    monkeypatch.setattr(QueryParams, "bind_widget", note_bound)
    monkeypatch.setattr(address, "read", note_read)

    for path, view in VIEWS:
        visit(path, **view)

    unbound = {"epoch", "inside_epoch", "present", "train"}  # need a run with epochs, or are flags
    assert asked == ALL_NAMES - unbound
