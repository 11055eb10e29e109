"""The convolution page, opened at an address, and what its stepper shows."""

from typing import Any

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import component_data, visit


def open_convolution(**address: str) -> AppTest:
    return visit("pages/convolution.py", **address)


def stepper(app: AppTest) -> dict[str, Any]:
    assert not app.exception
    return component_data(app, "stepper")
