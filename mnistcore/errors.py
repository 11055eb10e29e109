"""The one error of this library that its giver can put right."""


class InvalidInputError(ValueError):
    """A value that cannot be used; the message says why, with the value, and the way out.

    The sentence and its values are kept apart, for whoever says it in another language.

    Attributes:
        template: The sentence, with the names of its values in braces.
        values: By their names; one that is such an error itself is quoted in the sentence.

    >>> raise InvalidInputError("The `stride` is {stride}. Choose 1 or more.", stride=0)
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: The `stride` is 0. Choose 1 or more.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values) if values else template)


def shortened(text: str, longest: int = 60) -> str:
    """Return a text that came from outside, a file's name for one, as short as a message needs it.

    >>> shortened("seven.png"), shortened("a" * 100 + ".png", 20)
    ('seven.png', 'aaaaaaaa...aaaaa.png')
    """
    if len(text) <= longest:
        return text
    end = (longest - 3) // 2 + 1
    return f"{text[: longest - 3 - end]}...{text[-end:]}"
