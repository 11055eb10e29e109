"""The choice of one of MNIST's test digits, by its number or by chance."""

import random

import streamlit as st

from mnistcore.errors import InvalidInputError
from ui import mnist
from ui.digits import Digit
from ui.language import _


def choose_test_digit(key: str) -> tuple[Digit, int]:
    """Show the number and the button; return the digit, (28, 28) uint8, and its label.

    Args:
        key: Of the number, and its name in the page's address.
    """
    images, labels = mnist.images_and_labels()
    index = st.number_input(
        _("Test image"),
        0,
        len(images) - 1,
        key=key,
        width=150,
        bind="query-params",
        help=_("MNIST's test set has 10,000 digits; this is the number of one of them."),
    )
    st.button(_("Another"), icon=":material/casino:", on_click=_roll, args=(key, len(images)))
    if not 0 <= index < len(images):
        raise InvalidInputError(
            "There is no test digit {index}. Choose 0 to {last}.", index=index, last=len(images) - 1
        )
    return images[index], int(labels[index])


def _roll(key: str, num_images: int) -> None:
    st.session_state[key] = random.randrange(num_images)
