"""What the layers, maps and numbers of a network are called on the page. No torch."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mnistcore.layers.elementwise import Dropout
from mnistcore.layers.linear import Flatten
from ui.language import _

if TYPE_CHECKING:
    from mnistcore.inside.inspection import Index, Stage

MOST_DECIMALS = 6  # of numbers that are to be told apart


def stage_name(stages: "Sequence[Stage]", number: int) -> str:
    """Return a layer's name, with its place among those of the same name if there are several."""
    names = [_(stage.layer.in_words) for stage in stages]
    name = names[number]
    return f"{name} {names[: number + 1].count(name)}" if names.count(name) > 1 else name


def place_name(index: "Index") -> str:
    """Return where a value lies; an output of a flat layer keeps its number, which is a digit's.

    >>> place_name((3, 2, 1)), place_name((7,))
    ('map 4, row 3, column 2', 'number 7')
    """
    if len(index) == 1:
        return number_name(index[0])
    name, places = map_name(index[0]), [at + 1 for at in index[1:]]
    if len(places) == 1:
        return _("{map}, place {place}", map=name, place=places[0])
    return _("{map}, row {row}, column {column}", map=name, row=places[0], column=places[1])


def number_name(place: int) -> str:
    """Return what people call an output of a flat layer; its number is a digit's, from 0.

    >>> number_name(7)
    'number 7'
    """
    return _("number {number}", number=place)


def map_name(channel: int) -> str:
    """Return what people call a map, counted from 1; code counts from 0.

    >>> map_name(0)
    'map 1'
    """
    return _("map {number}", number=channel + 1)


def unflattened_shape(stages: "Sequence[Stage]", number: int) -> tuple[int, int, int] | None:
    """Return the shape of the maps whose values a linear layer reads; None if it reads no maps."""
    while number > 0 and isinstance(stages[number - 1].layer, Dropout):
        number -= 1
    if number < 1 or not isinstance(stages[number - 1].layer, Flatten):
        return None
    shape = stages[number - 1].inputs.shape
    return shape if len(shape) == 3 else None


def size_name(shape: tuple[int, ...]) -> str:
    """Return a shape as height × width × channels.

    >>> size_name((16, 14, 14)), size_name((10,))
    ('14×14×16', '10')
    """
    return "×".join(map(str, (*shape[1:], shape[0])))


def shown(number: float, decimals: int = 4) -> str:
    """Return a number with a fixed number of decimals and a true minus.

    >>> shown(-1.23456), shown(-0.00001)
    ('−1.2346', '0.0000')
    """
    return f"{round(number, decimals) + 0.0:.{decimals}f}".replace("-", "−")


def shown_apart(numbers: Sequence[float], decimals: int) -> list[str]:
    """Return numbers with as many decimals as it takes to tell them apart, and at least so many.

    >>> shown_apart([-1.13, -1.08, 2.0], 1), shown_apart([2.0, 2.0], 1)
    (['−1.13', '−1.08', '2.00'], ['2.0', '2.0'])
    """
    for count in range(decimals, MOST_DECIMALS):
        texts = [shown(number, count) for number in numbers]
        if len(set(texts)) == len(set(numbers)):
            return texts
    return [shown(number, MOST_DECIMALS) for number in numbers]


def factor(number: float) -> str:
    """Return a number as it stands behind a multiplication sign.

    >>> factor(-1.5), factor(1.5)
    ('(−1.5000)', '1.5000')
    """
    return f"({shown(number)})" if shown(number).startswith("−") else shown(number)


def short(number: float) -> str:
    """Return a number's first four digits, however small it is.

    >>> short(-0.0)
    '0'

    >>> short(-0.00001234), short(12.5)
    ('−1.234e−05', '12.5')
    """
    return f"{number + 0.0:.4g}".replace("-", "−")
