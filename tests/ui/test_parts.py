"""What a visitor can put right is told as a sentence, in whichever part of a page it is noticed."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = [*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
OTHERS = sorted(path for path in SCRIPTS if path != ROOT / "ui" / "parts.py")


def page_with_a_fault() -> None:
    import streamlit as st

    from mnistcore.errors import InvalidInputError
    from ui.parts import Tab, fragment, show_tabs

    @fragment()
    def part() -> None:
        raise InvalidInputError("The first is missing.")

    def tab() -> None:
        raise InvalidInputError("The second is missing.")

    part()
    show_tabs({"only": Tab("Only", tab)}, key="tabs")
    st.write("The rest.")


def test_a_part_tells_what_is_wrong_and_the_rest_is_drawn() -> None:
    page = AppTest.from_function(page_with_a_fault).run()

    assert not page.exception
    assert [error.value for error in page.error] == [
        "The first is missing.",
        "The second is missing.",
    ]
    assert page.markdown[0].value == "The rest."


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_part_reruns_alone_without_telling(path: Path) -> None:
    used = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    ]

    assert not {"st.fragment", "st.dialog"} & set(used)
