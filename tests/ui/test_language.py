"""Texts in the visitor's language, their values in them, and errors of the library as well."""

import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.errors import InvalidInputError
from ui.language import _catalogue


def page_of_texts() -> None:
    import streamlit as st

    from mnistcore.errors import InvalidInputError
    from ui.language import _, said, use_language

    use_language(st.session_state["asked"])
    st.markdown(_("Lesson"))
    st.markdown(_("Nobody has translated {this}", this="these words"))
    inner = InvalidInputError("`{name}` is {value}, no number", name="scaleX", value="'a'")
    st.markdown(
        said(
            InvalidInputError(
                "Drawing {number} of the file is unusable: {reason}.", number=3, reason=inner
            )
        )
    )


@pytest.mark.parametrize(
    ("asked", "lesson", "error"),
    [
        ("en", "Lesson", "Drawing 3 of the file is unusable: `scaleX` is 'a', no number."),
        ("zh", "课程", "文件中的第 3 幅图无法使用：`scaleX` 是 'a'，不是数字。"),
    ],
)
def test_a_text_and_an_error_are_said_in_the_language_that_was_asked_for(
    asked: str, lesson: str, error: str
) -> None:
    page = AppTest.from_function(page_of_texts)
    page.session_state["asked"] = asked

    texts = [one.value for one in page.run().markdown]

    assert texts == [lesson, "Nobody has translated these words", error]


def page_of_homonyms() -> None:
    import streamlit as st

    from ui.language import _, p_, use_language

    use_language("zh")
    st.markdown(_("Start"))
    st.markdown(p_("begin a run", "Start"))


def test_one_english_word_may_be_two_in_chinese() -> None:
    page = AppTest.from_function(page_of_homonyms).run()

    assert [one.value for one in page.markdown] == ["首页", "开始"]


def test_a_catalogue_is_loaded_once() -> None:
    assert _catalogue("zh") is _catalogue("zh")


def test_an_error_keeps_its_sentence_and_its_values_apart() -> None:
    error = InvalidInputError("`{name}` is {value:,}. Choose less.", name="size", value=4000)

    assert str(error) == "`size` is 4,000. Choose less."
    assert (error.template, error.values) == (
        "`{name}` is {value:,}. Choose less.",
        {"name": "size", "value": 4000},
    )
    assert str(InvalidInputError('Write {"kind": "ReLU"}.')) == 'Write {"kind": "ReLU"}.'


def page_of_sentences() -> None:
    import streamlit as st

    from mnistcore.explained.axis_layout import AxisLayout
    from ui.language import said, use_language

    use_language("zh")
    st.markdown(said(AxisLayout("width", 28, 14, 3, 2, 1, (1, 1)).floor_sentence))
    st.markdown(said(AxisLayout("width", 12, 4, 2, 3, 1, (0, 0)).gap_sentence))


def test_a_sentence_of_the_library_is_said_with_all_that_it_quotes() -> None:
    page = AppTest.from_function(page_of_sentences).run()

    assert [one.value for one in page.markdown] == [
        "向下取整舍去右端的 1 个像素，那是填充：图片没有丢失像素。",
        "步长 3 在两个窗口之间跨过 1 个像素。",
    ]
