"""What the files to take home say, in every language that they speak."""

from string import Formatter

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.exported.texts import LANGUAGES, PAGE, REPORT, Texts, in_language


def values_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("texts", [PAGE, REPORT])
def test_a_file_says_the_same_in_every_language(texts: Texts, language: str) -> None:
    said = in_language(texts, language)

    assert said.keys() == texts.keys()
    for name, text in said.items():
        assert text
        assert values_of(text) == values_of(texts[name]), name


def test_a_language_that_there_is_not_is_a_sentence() -> None:
    with pytest.raises(InvalidInputError, match=r"no language 'fr'\. Choose en or zh"):
        in_language(PAGE, "fr")
