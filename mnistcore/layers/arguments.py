"""What may stand where a layer wants a number: whole, in range, and an integer in type.

Every refusal is an `InvalidInputError` with the argument's name, its value and what to write.
"""

from collections.abc import Sequence

from mnistcore.errors import InvalidInputError

LARGEST_SIZE = 2**31 - 1  # pixels, channels, features: what 32-bit indices reach
LARGEST_VALUE = 10.0**30  # a slope, a threshold: what float32 holds
LARGEST_STEP = 10**6  # kernel, stride, padding, dilation


def whole_number(name: str, value: object, *, minimum: int, maximum: int = LARGEST_SIZE) -> int:
    """Return the value as an integer, if it is one and in range.

    Args:
        name: What the argument is called, for the message.
        value: Whatever was given.
        minimum: The smallest value allowed.
        maximum: The largest value allowed.

    Raises:
        InvalidInputError: It is no whole number, or out of range.

    >>> whole_number("stride", 2, minimum=1)
    2
    >>> whole_number("stride", 1.5, minimum=1)
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: `stride` is 1.5, but has to be a whole number from 1 up.
    """
    if isinstance(value, bool) or not hasattr(type(value), "__index__"):
        raise InvalidInputError(
            "`{name}` is {value}, but has to be a whole number from {minimum} up.",
            name=name,
            value=shown(value),
            minimum=minimum,
        )
    number = int(value)  # type: ignore[call-overload]
    if number < minimum:
        raise InvalidInputError(
            "`{name}` is {number}. Choose {minimum} or more.",
            name=name,
            number=shown(number),
            minimum=minimum,
        )
    if number > maximum:
        raise InvalidInputError(
            "`{name}` is {number}. Choose {maximum:,} or less.",
            name=name,
            number=shown(number),
            maximum=maximum,
        )
    return int(number)


def per_axis(name: str, value: object, *, minimum: int, num_axes: int) -> int | tuple[int, ...]:
    """Return one number for all axes, or one for each, checked and in their shortest form.

    Args:
        name: What the argument is called, for the message.
        value: A whole number, or a sequence with one for each axis.
        minimum: The smallest value allowed.
        num_axes: 1 for a signal, 2 for an image.

    Raises:
        InvalidInputError: A value cannot be used, or there are too few or too many.

    >>> per_axis("stride", [2, 1], minimum=1, num_axes=2)
    (2, 1)
    >>> per_axis("stride", (2, 2), minimum=1, num_axes=2)
    2
    """
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        return whole_number(name, value, minimum=minimum, maximum=LARGEST_STEP)
    if len(value) != num_axes:
        axes = "one number" if num_axes == 1 else f"one number, or {num_axes} (height, width)"
        raise InvalidInputError(
            "`{name}` has {count} numbers. Give {axes}.", name=name, count=len(value), axes=axes
        )
    numbers = tuple(
        whole_number(name, number, minimum=minimum, maximum=LARGEST_STEP) for number in value
    )
    return numbers[0] if len(set(numbers)) == 1 else numbers


def yes_or_no(name: str, value: object) -> bool:
    """Return the value, if it is True or False.

    Raises:
        InvalidInputError: It is neither.

    >>> yes_or_no("bias", "no")
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: `bias` is 'no'. Choose True or False.
    """
    if not isinstance(value, bool):
        raise InvalidInputError(
            "`{name}` is {value}. Choose True or False.", name=name, value=shown(value)
        )
    return value


def finite_number(name: str, value: object) -> float:
    """Return the value, if it is a number, whole or not.

    Args:
        name: What the argument is called, for the message.
        value: Whatever was given.

    Raises:
        InvalidInputError: It is none, or infinite.

    >>> finite_number("alpha", 1)
    1
    """
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not -LARGEST_VALUE <= value <= LARGEST_VALUE:  # type: ignore[operator]
        raise InvalidInputError(
            "`{name}` is {value}. Choose a finite number.", name=name, value=shown(value)
        )
    return value  # type: ignore[return-value]


def shown(value: object) -> str:
    """Return a value as a message quotes it, however long it is.

    >>> shown("zeros"), shown(10**400)
    ("'zeros'", 'an integer of more than 15 digits')
    """
    # Python itself refuses to write out an integer of more than 4,300 digits.
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**15:
        return "an integer of more than 15 digits"
    try:
        text = repr(value)
    except ValueError:
        return "a value with an integer of more than 4,300 digits inside"
    return text if len(text) <= 40 else f"{text[:37]}..."
