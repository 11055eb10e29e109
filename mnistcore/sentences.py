"""Sentences that are kept apart from their values, for whoever says them in another language."""


class Sentence(str):
    """An English sentence, a plain string to whoever reads it.

    Attributes:
        template: The sentence, with the names of its values in braces.
        values: By their names; one that is such a sentence itself is quoted in this one.

    >>> gap = Sentence("Stride {stride} steps over {pixels}.", stride=3, pixels="1 pixel")
    >>> gap, gap.values["stride"]
    ('Stride 3 steps over 1 pixel.', 3)
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> "Sentence":
        """Return the sentence with its values in it."""
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made

    def __reduce__(self) -> "tuple[object, ...]":
        return str, (str(self),)
