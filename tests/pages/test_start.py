from tests.pages.conftest import APP, OpenPage
from ui.menu import PAGES, PRODUCT


def test_the_start_page_opens_every_door(open_page: OpenPage) -> None:
    page = open_page("app.py")

    assert page.title[0].value == PRODUCT
    links = {link.proto.page for link in page.main.get("page_link")}
    assert links == {path.removeprefix("pages/").removesuffix(".py") for path in PAGES} - {"app"}


def test_the_menu_lists_every_page_file_once() -> None:
    files = {f"pages/{path.name}" for path in (APP.parent / "pages").glob("*.py")}

    assert {*PAGES} == files | {"app.py"}
