"""The page inside the network as tests open it."""

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage

PAGE = "pages/network.py"


def opened(open_page: OpenPage, **address: str) -> AppTest:
    page = open_page(PAGE, **{f"inside_{name}": value for name, value in address.items()})
    assert not page.error
    return page


def html(page: AppTest) -> str:
    return "".join(bodies(page))


def bodies(page: AppTest) -> list[str]:
    return [element.proto.body for element in page.get("html")]
