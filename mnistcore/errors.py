"""The one error of this library that its giver can put right."""


class InvalidInputError(ValueError):
    """A value that cannot be used; the message says why, with the value, and the way out.

    >>> raise InvalidInputError("The `stride` is 0. Choose 1 or more.")
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: The `stride` is 0. Choose 1 or more.
    """


def shortened(text: str, longest: int = 60) -> str:
    """Return a text that came from outside, a file's name for one, as short as a message needs it.

    >>> shortened("seven.png"), shortened("a" * 100 + ".png", 20)
    ('seven.png', 'aaaaaaaa...aaaaa.png')
    """
    if len(text) <= longest:
        return text
    end = (longest - 3) // 2 + 1
    return f"{text[: longest - 3 - end]}...{text[-end:]}"
