"""One's own numbers on the convolution page, after a look at another one."""

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.pages.convolution_page import open_convolution, stepper


def look_at_another_page(app: AppTest) -> None:
    """Go to another page and come back through the menu, whose addresses hold nothing."""
    for page in ("pages/calculator.py", "pages/convolution.py"):
        app.query_params.clear()
        app.switch_page(page).run()


def test_typed_numbers_outlast_a_look_at_another_page() -> None:
    weights, pixels = "1,2,3;4,5,6;7,8,9", "1,0,0,0;0,1,0,0;0,0,1,0;0,0,0,1"
    kernel, grid = [[1, 2, 3], [4, 5, 6], [7, 8, 9]], np.eye(4).tolist()
    app = open_convolution(window_kernel="own", window_weights=weights)
    app.button_group(key="window_picture").set_value("Small grid")
    app.query_params["window_pixels"] = pixels
    app.run()

    look_at_another_page(app)

    assert stepper(app)["kernel"] == kernel
    assert app.query_params["window_weights"] == weights
    app.button_group(key="window_picture").set_value("Small grid").run()
    assert stepper(app)["padded"] == grid


def test_own_numbers_begin_with_the_kernel_that_an_address_showed() -> None:
    app = open_convolution(window_kernel="Sobel y")

    data = stepper(app.button_group(key="window_kernel").set_value("Your own numbers").run())

    assert data["kernel"] == [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
