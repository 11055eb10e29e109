"""What is downloaded speaks the language of the page that it was downloaded from."""

from typing import Any

import pytest
import streamlit as st

from ui import language, networks, take_home


def test_a_page_to_take_home_is_in_the_language_of_the_page_with_its_button(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[Any] = []
    monkeypatch.setattr(st, "download_button", lambda *args, **_: given.append(args))
    with monkeypatch.context() as chinese:
        chinese.setattr(language, "language", lambda: "zh")
        take_home.show_web_page_button(networks.LESSON, key="web_page")

    page = given[0][1]()  # as the click makes it, where no visitor is known

    assert '<html lang="zh-CN">' in page
    assert "<title>MyNet 识别手写数字</title>" in page
