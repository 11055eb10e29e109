"""Every text is marked and translated, every translation is of a text, and no value gets lost."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from mnistcore.exported.texts import TRANSLATED
from tests import catalogue
from ui.language import CATALOGUES

ROOT = Path(__file__).parent.parent
LOCALES = sorted(CATALOGUES.values())
KEPT = {locale: catalogue.read(locale) for locale in LOCALES}
MARKED = catalogue.marked()
SPEAKING = ("ui", "pages", "mnistcore/evaluator", "mnistcore/pasted")
MODULES = sorted(
    path
    for folder in SPEAKING
    for path in (ROOT / folder).rglob("*.py")
    if path.name != "old_links.py"
)

MARKS = set(catalogue.KEYWORDS)
# What shows its texts, whether Streamlit's or ours; and what takes texts that nobody sees.
SHOWS = {
    "button", "camera_input", "caption", "checkbox", "column_config", "dialog", "download_button",
    "error", "expander", "file_uploader", "header", "info", "markdown", "metric", "multiselect",
    "number_input", "page_link", "pagination", "pills", "popover", "radio", "segmented_control",
    "select_slider", "selectbox", "slider", "spinner", "status", "subheader", "success", "tab",
    "tabs", "text", "text_area", "text_input", "title", "toast", "toggle", "warning", "write",
    "Column", "NumberColumn", "TextColumn", "Tab", "choose", "open_bar", "choose_network",
}  # fmt: skip
UNSEEN = {"key", "icon", "type", "width", "default", "bind", "label_visibility", "language",
          "on_change", "on_click", "persist_state", "prefix", "format", "delta_color",
          "text_alignment", "alignment"}  # fmt: skip
# What looks like a text and is none: names of CSS, of choices, of what a library calls its ways.
NO_TEXTS = {"answer guess", "answer number", "pixels photo", "pixels signed", "no digit",
            "locally connected", "fully connected", "by batches", "import torch", "num threads",
            "least sure", "most sure", "The article's 6x6", "Steps by", "Weight memory",
            "Training memory", "Output shape", "MACs", "FLOPs", "CSV", "the batch size",
            # why an input shape is taken, which the command line alone says
            "the usual size at which all layers fit together", "as the text itself sends through",
            "as MNIST has them", "as   has them"}  # fmt: skip
LETTERS = re.compile("[A-Za-z]{3}")
SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
# HTML, CSS, names of files, of icons, of MIME types, of keys.
CODE = re.compile(
    r"^\s*[<.]|^import torch|color-mix|-gradient|: [\w.-]+;|^[\w.-]+(/[\w.-]+)+$"
    r"|\.(csv|html|json|png|py)$|^\w+_\w+$|^:material"
)


def names(text: str) -> set[str]:
    """Return the names of the values in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def forms(texts: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts or ("",))


def of(kept: Catalog) -> list[Message]:
    return [message for message in kept if message.id]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_marked_text_has_a_translation(locale: str) -> None:
    missing = [
        message.id
        for message in of(MARKED)
        if not all(forms(getattr(KEPT[locale].get(message.id, message.context), "string", "")))
    ]

    assert not missing, "Translate them after `python -m tests.catalogue`."


@pytest.mark.parametrize("locale", LOCALES)
def test_every_translation_is_of_a_marked_text(locale: str) -> None:
    left = [
        message.id
        for message in of(KEPT[locale])
        if MARKED.get(message.id, message.context) is None
    ]

    assert not left, "Run `python -m tests.catalogue`."
    assert not KEPT[locale].obsolete


@pytest.mark.parametrize("locale", LOCALES)
def test_every_translation_has_the_values_of_its_text(locale: str) -> None:
    for message in of(KEPT[locale]):
        wanted = names(forms(message.id)[-1])
        for translated in filter(None, forms(message.string)):
            assert names(translated) == wanted, message.id


@pytest.mark.parametrize("locale", LOCALES)
def test_what_gettext_reads_is_up_to_date(locale: str) -> None:
    kept = catalogue.po_file(locale).with_suffix(".mo").read_bytes()

    assert kept == catalogue.compiled(KEPT[locale]), "Run `python -m tests.catalogue`."


def test_the_files_to_take_home_speak_every_language_as_the_pages_do() -> None:
    assert set(TRANSLATED) == set(CATALOGUES)
    for language, path in TRANSLATED.items():
        assert path.read_text("utf-8") == catalogue.taken_home(language)


def unmarked(tree: ast.AST) -> Iterator[str]:
    """Yield the texts that a visitor reads, or may read, and that nothing marks."""
    passed = {id(node) for node in _passed_over(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in MARKS:  # no catalogue has those
            yield from (ast.unparse(one) for one in node.args if isinstance(one, ast.JoinedStr))
        if isinstance(node, ast.JoinedStr):  # nor what is marked in a hole of another text
            yield from (ast.unparse(one) for one in _marked_in(node))
        if isinstance(node, ast.Call) and _name(node.func) in SHOWS:
            given = [*node.args, *(one.value for one in node.keywords if one.arg not in UNSEEN)]
            for text in given:
                words = _words(text)
                if id(text) not in passed and LETTERS.search(words) and not _is_code(words):
                    yield ast.unparse(text)
        elif isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in passed:
            words = _words(node)
            if SENTENCE.search(words) and not _is_code(words):
                yield ast.unparse(node)


def _passed_over(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is marked, or is no text: docstrings, assertions, parts of a text seen already."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.Assert | ast.Raise) or (
            isinstance(node, ast.Call) and _name(node.func) in MARKS | {"Thread"}
        ):
            yield from ast.walk(node)
        elif isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.Call) and _name(getattr(node.func, "value", node)) == "_log":
            yield from ast.walk(node)


def _marked_in(text: ast.JoinedStr) -> Iterator[ast.Call]:
    for node in ast.walk(text):
        if not isinstance(node, ast.Call) or _name(node.func) not in MARKS:
            continue
        if any(isinstance(one, ast.Constant) for one in node.args):
            yield node


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _is_code(words: str) -> bool:
    return bool(CODE.search(words)) or words in NO_TEXTS


def _words(node: ast.AST) -> str:
    """Return a text as it stands in the code, with a blank for each value."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else " " for part in node.values]
        return "".join(map(str, parts))
    return ""


def test_unmarked_texts_are_found() -> None:
    code = """st.button("Stop")
TITLE = "A layer of its own"
st.caption(_("Marked"))
x = f"see {n} of it"
y = f"{_('Start')} {_(name)}"
"""

    assert list(unmarked(ast.parse(code))) == [
        "'Stop'",
        "'A layer of its own'",
        "f'see {n} of it'",
        "_('Start')",
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_visible_text_is_marked(path: Path) -> None:
    assert not list(unmarked(ast.parse(path.read_text("utf-8"))))
