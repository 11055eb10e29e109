"""The one error of this library that its giver can put right."""


class InvalidInputError(ValueError):
    """A value that cannot be used; the message says why, with the value, and the way out.

    >>> raise InvalidInputError("The `stride` is 0. Choose 1 or more.")
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: The `stride` is 0. Choose 1 or more.
    """
