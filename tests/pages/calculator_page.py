"""The calculator in the tests' hands: opened by an address, read, clicked."""

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import visit


def calculator(**address: str) -> AppTest:
    """Open the page by what its address says."""
    return visit("pages/calculator.py", **address)


def network_tab(**address: str) -> AppTest:
    """Open the tab "A network"."""
    return calculator(calculation="A network", **address)


def metrics(page: AppTest) -> dict[str, str]:
    """Return the figures, by their labels."""
    return {metric.label: metric.value for metric in page.metric}


def click(page: AppTest, label: str) -> AppTest:
    """Press a button."""
    return next(button for button in page.button if button.label == label).click().run()


def layers(page: AppTest) -> list[str]:
    """Return the layers in the table of the tab "A network"."""
    return [str(name) for name in page.dataframe[0].value["Layer"]]


def text(page: AppTest) -> str:
    """Return the network's text."""
    value = page.text_area("network").value
    assert value is not None
    return value
