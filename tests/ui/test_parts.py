"""What a visitor can put right is told as a sentence, in whichever part of a page it is noticed."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.errors import InvalidInputError
from ui.parts import unless_refused

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


def test_a_callback_that_is_refused_changes_nothing_and_is_logged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logged: list[str] = []
    monkeypatch.setattr("ui.parts.log_refusal", lambda where, error: logged.append(str(error)))
    done: list[str] = []

    @unless_refused
    def act(name: str) -> None:
        if name not in "known":
            raise InvalidInputError("There is no {name}.", name=name)
        done.append(name)

    act("known")
    act("forged")

    assert done == ["known"]
    assert logged == ["There is no forged."]


def page_that_asks() -> None:
    import streamlit as st

    from ui.parts import kept_answer

    def answer() -> str:
        st.session_state["asked"] = st.session_state.get("asked", 0) + 1
        if st.session_state.pop("cut_short", False):
            st.stop()
        return f"about {st.session_state['question']}"

    st.session_state.setdefault("question", "cats")
    clicked = st.button("Ask")
    told = kept_answer(clicked, st.session_state["question"], answer, key="told")
    st.write(told or "nothing")


def test_an_answer_stays_until_something_else_is_asked_about() -> None:
    page = AppTest.from_function(page_that_asks).run()
    assert page.markdown[0].value == "nothing"

    page.button[0].click().run()
    page.run()
    assert page.markdown[0].value == "about cats"
    assert page.session_state["asked"] == 1

    page.session_state["question"] = "dogs"
    assert page.run().markdown[0].value == "nothing"


def test_an_answer_that_was_cut_short_is_found_when_the_page_is_drawn_anew() -> None:
    page = AppTest.from_function(page_that_asks).run()
    page.session_state["cut_short"] = True

    page.button[0].click().run()
    assert not page.markdown
    page.run()

    assert page.markdown[0].value == "about cats"
