"""The start page: the network at work on the visitor's digit, and the ways on."""

import pytest

from tests.pages.conftest import APP, OpenPage, component_data
from ui.menu import PAGES, PRODUCT


def test_the_network_reads_the_seven_that_is_there(open_page: OpenPage) -> None:
    page = open_page("app.py")

    picture = component_data(page, "live_network")

    assert page.title[0].value == PRODUCT
    assert picture["is_lit"]
    assert picture["verdict"]["text"] == "7"
    assert picture["pad"]["example"]
    assert [column["shape"] for column in picture["columns"]] == [
        [16, 14, 14],
        [32, 7, 7],
        [64, 4, 4],
    ]
    assert all(picture["lines"])


def test_the_lesson_is_one_click_away_and_the_workbench_too(open_page: OpenPage) -> None:
    page = open_page("app.py")

    links = {link.proto.page for link in page.main.get("page_link")}

    assert links == {path.removeprefix("pages/").removesuffix(".py") for path in PAGES} - {
        "app",
        "lesson",
    }
    page.button[0].click().run()
    assert page.title[0].value == "Pixels are fused"


def test_before_torch_is_there_the_network_sleeps_and_the_page_stands(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("ui.lesson.live", "ui.lesson.start", "ui.torch_import"):
        monkeypatch.setattr(f"{module}.torch_is_imported", lambda: False)

    picture = component_data(open_page("app.py"), "live_network")

    assert not picture["is_lit"]
    assert picture["verdict"]["text"] == ""
    assert picture["pad"]["picture"].startswith("data:image/png")


def test_a_phone_is_offered_the_address_where_the_network_may_come(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("http://room-12:8501/", None):
        monkeypatch.setattr("ui.phone.shown.open_address", lambda told=address: told)

        page = open_page("app.py")

        assert [code.value for code in page.code] == ([address] if address else [])
        codes = [html for html in page.get("html") if "data:image/svg" in html.proto.body]
        assert len(codes) == (1 if address else 0)


def test_the_menu_lists_every_page_file_once() -> None:
    files = {f"pages/{path.name}" for path in (APP.parent / "pages").glob("*.py")}

    assert {*PAGES} == files | {"app.py"}
