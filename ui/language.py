"""The language of the pages: English as it stands in the code, or what a catalogue makes of it.

`_("A sentence with {named} values", named=3)` is looked up where it is shown. What stands at the
top of a module is marked with `N_` and looked up where it is used. The catalogues are gettext's,
`locale/*/LC_MESSAGES/mnistcore.po`; `python -m tests.catalogue` brings them up to date.
"""

import threading
from collections.abc import Iterable, Mapping
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnistcore.errors import InvalidInputError
from mnistcore.runs.kept_sentence import FromFile, KeptSentence, filled
from mnistcore.sentences import Sentence

Key = TypeVar("Key")

DOMAIN = "mnistcore"
FOLDER = Path(__file__).parent / "locale"
ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "zh": "中文"}  # each by the name that its readers give it
CATALOGUES = {"zh": "zh_CN"}
CHOSEN = "language"  # in session state

_latest = threading.local()  # of each script's thread, since a look into the session takes long


def language() -> str:
    """Return the language that this visitor reads; English where there is no visitor."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is None:
        return ENGLISH
    session, known = getattr(_latest, "known", ("", ENGLISH))
    if session == run.session_id:
        return str(known)
    chosen: str = st.session_state.get(CHOSEN, ENGLISH)
    if CHOSEN in st.session_state:
        _latest.known = (run.session_id, chosen)
    return chosen


def use_language(name: str) -> None:
    """Have the visitor's pages be in another language from now on."""
    st.session_state[CHOSEN] = name
    if run := get_script_run_ctx(suppress_warning=True):
        _latest.known = (run.session_id, name)


def _(text: str, /, **values: object) -> str:
    """Return a text in the visitor's language, with its values in it.

    >>> _("{num_params:,} parameters", num_params=4640)
    '4,640 parameters'
    """
    # The empty text's translation is the catalogue's own head.
    return _filled(_catalogue(language()).gettext(text), values) if text else text


def n_(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the form of a text that fits a number, which stands in it as `{count}`.

    >>> n_("{count} layer", "{count} layers", 1), n_("{count} layer", "{count} layers", 3)
    ('1 layer', '3 layers')
    """
    return _filled(_catalogue(language()).ngettext(one, many, count), {"count": count, **values})


def p_(context: str, text: str, /, **values: object) -> str:
    """Return a text whose English is two things elsewhere; the context says which is meant.

    >>> p_("the end of a network", "Output")
    'Output'
    """
    return _filled(_catalogue(language()).pgettext(context, text), values)


def N_(text: str, /) -> str:  # noqa: N802 - gettext's own name
    """Mark a text to be translated, and leave it as it is."""
    return text


def listed(texts: Iterable[str], /) -> str:
    """Return texts side by side, as the visitor's language joins them.

    >>> listed(["5x5", "3x3"])
    '5x5, 3x3'
    """
    return p_("between the items of a list", ", ").join(texts)


def one_after_another(sentences: Iterable[str], /) -> str:
    """Return sentences as a paragraph; what is empty is left out.

    >>> one_after_another(["It fits.", "", "Nothing is left over."])
    'It fits. Nothing is left over.'
    """
    paragraph = ""
    for text in filter(None, sentences):
        paragraph = _("{first} {second}", first=paragraph, second=text) if paragraph else text
    return paragraph


class Spoken(str):
    """A marked text for what makes a `str` of it when it is shown, as Streamlit's caches do.

    >>> str(Spoken(N_("Counting ...")))
    'Counting ...'
    """

    __slots__ = ()

    def __str__(self) -> str:
        """Return it in the visitor's language."""
        return _(super().__str__())


def each(texts: Mapping[Key, str]) -> dict[Key, str]:
    """Return marked texts in the visitor's language, by their keys; values are yet to come.

    >>> each({"stop": "Stop"})
    {'stop': 'Stop'}
    """
    return {key: _(text) for key, text in texts.items()}


def said(told: object) -> str:
    """Return an error or a sentence of the library, with what it quotes, in the visitor's language.

    >>> said(InvalidInputError("`{name}` is {value}.", name="stride", value=0))
    '`stride` is 0.'
    """
    if isinstance(told, FromFile):
        return _said_of_file(told.kept)
    if not isinstance(told, InvalidInputError | Sentence):
        return str(told)
    values = {
        name: said(value) if isinstance(value, InvalidInputError | Sentence) else value
        for name, value in told.values.items()
    }
    return _(told.template, **values)


def _said_of_file(kept: KeptSentence) -> str:
    """Return a file's sentence: as it stands, unless its template is known and makes it."""
    translated = _catalogue(language()).gettext(kept.template) if kept.template else ""
    if translated in ("", kept.template) or filled(kept.template, kept.values) != kept.message:
        return kept.message
    values = {
        name: _said_of_file(value) if isinstance(value, KeptSentence) else value
        for name, value in kept.values.items()
    }
    said_whole = filled(translated, values)
    return kept.message if said_whole is None else said_whole


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text.format(**values) if values else text


@cache
def _catalogue(name: str) -> NullTranslations:
    if name not in CATALOGUES:
        return NullTranslations()
    return translation(DOMAIN, FOLDER, languages=[CATALOGUES[name]])
