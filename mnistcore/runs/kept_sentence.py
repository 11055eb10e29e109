"""A sentence in a run's file: whole, and apart for whoever says it in another language.

What stands in a file was written by anybody. So whoever has translations looks a template up among
those that the code has, and formats none that is not there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mnistcore.errors import InvalidInputError
from mnistcore.sentences import Sentence

MOST_DEPTH = 8  # of sentences that quote sentences; four is the deepest here


@dataclass(frozen=True)
class KeptSentence:
    """What a file holds of a sentence.

    Attributes:
        message: The sentence in English.
        template: What it was made of, with the names of its values in braces; empty if not known.
        values: By their names; one that is such a sentence itself is quoted in this one.

    >>> kept = kept_sentence(InvalidInputError("`stride` is {stride}.", stride=0))
    >>> kept.message, kept.values
    ('`stride` is 0.', {'stride': 0})
    """

    message: str = ""
    template: str = ""
    values: "dict[str, bool | int | float | str | KeptSentence | None]" = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        if _depth(self) > MOST_DEPTH:
            raise InvalidInputError("it quotes too many sentences in each other")

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.message


class FromFile(str):
    """A file's sentence, a plain string to whoever reads it.

    Attributes:
        kept: Its parts, which may be anything at all.
    """

    kept: KeptSentence

    def __new__(cls, kept: KeptSentence) -> "FromFile":
        """Return the sentence."""
        made = super().__new__(cls, kept.message)
        made.kept = kept
        return made


def kept_sentence(told: object) -> KeptSentence:
    """Return an error or a sentence as a file holds it; of any other text, the text alone."""
    text = _whole(str(told))
    if not isinstance(told, InvalidInputError | Sentence):
        return KeptSentence(text)
    values = {name: _as_value(value) for name, value in told.values.items()}
    if filled(told.template, values) != text:  # a number's type was lost, and its commas
        return KeptSentence(text)
    return KeptSentence(text, told.template, values)


def filled(template: str, values: Mapping[str, object]) -> str | None:
    """Return a template with its values in it, or None where they do not fit.

    Args:
        template: One of the code's, never a file's.
        values: Any.

    >>> filled("{n:,} steps", {"n": 1000}), filled("{n:,} steps", {"n": "many"})
    ('1,000 steps', None)
    """
    try:
        return template.format(**values) if values else template
    except (LookupError, ValueError, TypeError, OverflowError):
        return None


def _as_value(value: object) -> bool | int | float | str | KeptSentence | None:
    if isinstance(value, InvalidInputError | Sentence):
        kept = kept_sentence(value)
        return kept if _depth(kept) < MOST_DEPTH else kept.message
    return value if isinstance(value, bool | int | float | None) else _whole(str(value))


def _whole(text: str) -> str:
    """Return a text that a file can hold; a path's byte that is no character's becomes "?"."""
    return text.encode(errors="replace").decode()


def _depth(kept: KeptSentence) -> int:
    quoted = [value for value in kept.values.values() if isinstance(value, KeptSentence)]
    return 1 + max(map(_depth, quoted), default=0)
