"""The language is the browser's, the address's or the menu's, and stays; so does all else."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import visit
from ui.language_choice import CHOICE, NAME


def menu(page: AppTest) -> list[str]:
    return [link.proto.label for link in page.sidebar.get("page_link")]


def choose(page: AppTest, name: str) -> AppTest:
    [control] = [one for one in page.segmented_control if one.key == CHOICE]
    return control.set_value(name).run()


def test_the_address_says_which_language(runs_folder: Any) -> None:
    page = visit("pages/convolution.py", lang="zh")

    assert menu(page)[:3] == ["首页", "课程", "卷积"]
    assert page.query_params[NAME] == "zh"


@pytest.mark.parametrize(
    ("locale", "first"), [("zh-CN", "首页"), ("zh", "首页"), ("de-DE", "Start"), (None, "Start")]
)
def test_without_one_the_browser_does(
    runs_folder: Any, monkeypatch: pytest.MonkeyPatch, locale: str | None, first: str
) -> None:
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.locale", locale)

    page = visit("pages/convolution.py")

    assert menu(page)[0] == first
    assert NAME not in page.query_params


def test_the_control_changes_it_on_every_page_and_in_the_address(runs_folder: Any) -> None:
    page = choose(visit("pages/convolution.py"), "zh")

    assert menu(page)[0] == "首页"
    assert page.query_params[NAME] == "zh"
    page.switch_page("pages/calculator.py").run()
    assert menu(page)[0] == "首页"
    assert page.query_params[NAME] == "zh"
    choose(page, "en")
    assert menu(page)[0] == "Start"
    assert NAME not in page.query_params


def test_changing_it_keeps_what_was_set(runs_folder: Any) -> None:
    page = visit("pages/calculator.py")
    page.number_input(key="layer_kernel_size").set_value(5).run()
    page.selectbox(key="layer_family").set_value("MaxPool").run()
    before = dict(page.query_params)

    choose(page, "zh")

    assert page.selectbox(key="layer_family").value == "MaxPool"
    assert page.number_input(key="layer_kernel_size").value == 5
    assert page.query_params == {**before, NAME: "zh"}
