"""Texts in the visitor's language, their values in them, and errors of the library as well."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.errors import InvalidInputError
from mnistcore.runs.kept_sentence import FromFile, KeptSentence, kept_sentence
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


def page_of_a_file() -> None:
    import streamlit as st

    from ui.language import said, use_language

    use_language(st.session_state["asked"])
    st.text(said(st.session_state["told"]))


def said_of_a_file(kept: KeptSentence, language: str) -> str:
    page = AppTest.from_function(page_of_a_file)
    page.session_state["asked"], page.session_state["told"] = language, FromFile(kept)
    return str(page.run().text[0].value)


def test_a_files_sentence_is_said_in_the_visitors_language() -> None:
    reason = InvalidInputError("it is {size:,} bytes long, the limit is {most:,}", size=1, most=0)
    kept = kept_sentence(
        InvalidInputError(
            "{file} cannot be used as a checkpoint: {reason}.", file="a.pt", reason=reason
        )
    )

    assert said_of_a_file(kept, "en") == kept.message
    assert said_of_a_file(kept, "zh").startswith("a.pt 不能用作检查点：")


GONE = "The folder of the run {name!r} was removed while it was going on."
HOSTILE: dict[str, tuple[str, dict[str, Any]]] = {
    "looks inside": ("{name.__class__.__mro__}", {"name": "x"}),
    "by number": ("{0.__class__}", {}),
    "as wide as memory": ("{name:>999999999999}", {"name": "x"}),
    "no template": ("{", {}),
    "the catalogue's head": ("", {}),
    "a value is missing": (GONE, {}),
    "another value": (GONE, {"file": "x"}),
    "a value of a mile": (GONE, {"name": "x" * 100_000}),
    "a number of a mile": (GONE, {"name": 10**4000}),
    "a lie": (GONE, {"name": "another"}),
    "a lie that is quoted": (GONE, {"name": KeptSentence("another", "{name.__class__}")}),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("which", HOSTILE)
def test_of_a_file_that_was_tampered_with_the_sentence_alone_is_shown(
    which: str, language: str
) -> None:
    template, values = HOSTILE[which]

    assert said_of_a_file(KeptSentence("As it stands.", template, values), language) == (
        "As it stands."
    )


def test_a_quoted_template_that_nobody_knows_is_shown_as_it_stands() -> None:
    quoted = KeptSentence("x{name.__class__}", "{name.__class__}", {"name": "x"})
    kept = KeptSentence(
        "x{name.__class__} Choose another file.", "{fault} Choose another file.", {"fault": quoted}
    )

    assert said_of_a_file(kept, "zh") == "x{name.__class__}请选择其他文件。"
