"""No page, tab or stop has what axe calls a serious finding, in either theme; headings in order."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.all_pages import SUBJECTS, walk
from tests.browser.conftest import PAINTED, OpenElsewhere, OpenPath

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "rules": {"heading-order": {"enabled": True}},
}
# Once in the light theme; in the dark one only what a theme can change.
OF_A_THEME = {"runOnly": ["color-contrast"]}
SERIOUS = ("serious", "critical")
BACKGROUND = "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"

# Text of less than so many pixels; what mathematics needs to stand upright is no text.
SMALLEST_TEXT_PX = 11
SMALL_TEXT = """(smallest) => {
    const inside = (tree) => [...tree.querySelectorAll("*")]
        .flatMap((one) => [one, ...(one.shadowRoot ? inside(one.shadowRoot) : [])]);
    const says = (one) => [...one.childNodes]
        .some((part) => part.nodeType === Node.TEXT_NODE && /[^\\s\\u200b]/.test(part.data));
    return inside(document.body)
        .filter((one) => says(one) && one.checkVisibility({visibilityProperty: true}))
        .filter((one) => one.getBoundingClientRect().width && !one.closest("style, script, svg"))
        .filter((one) => parseFloat(getComputedStyle(one).fontSize) < smallest)
        .map((one) => `${getComputedStyle(one).fontSize}: ${one.textContent.slice(0, 40)}`);
}"""


def findings(page: Page, rules: dict[str, Any]) -> list[str]:
    """Return what axe finds to be serious, or out of order, with the place of each."""
    found = Axe().run(page, options={**rules, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{finding['id']}: {node['target']} {node['failureSummary']}"
        for finding in found
        for node in finding["nodes"]
        if finding["impact"] in SERIOUS or finding["id"] == "heading-order"
    ]


@pytest.mark.usefixtures("finished_run")
@pytest.mark.parametrize("subject", SUBJECTS)
def test_axe_finds_nothing_serious(open_elsewhere: OpenElsewhere, subject: str) -> None:
    found: dict[str, list[str]] = {}

    for part, page in walk(open_elsewhere, subject, reduced_motion="reduce"):
        found[part] = findings(page, RULES) + page.evaluate(SMALL_TEXT, SMALLEST_TEXT_PX)
        light = page.evaluate(BACKGROUND)
        page.emulate_media(color_scheme="dark")
        expect(page.locator("[data-testid=stApp]")).not_to_have_css("background-color", light)
        page.evaluate(PAINTED)
        found[f"{part}, dark"] = findings(page, OF_A_THEME)
        page.emulate_media(color_scheme="light")
        expect(page.locator("[data-testid=stApp]")).to_have_css("background-color", light)

    assert not {part: lines for part, lines in found.items() if lines}


def test_what_is_reached_by_tab_shows_that_it_is(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere("lesson?stop=2")
    unmarked: list[str] = []

    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate(_IS_UNMARKED):
            unmarked.append(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))

    assert not unmarked


# Whether the focused element looks no different from what it looks like without the focus.
_IS_UNMARKED = """() => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    if (!one || one === document.body) return false;
    const look = () => {
        const looks = [one, one.parentElement].filter(Boolean).map((part) => {
            const style = getComputedStyle(part);
            return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor,
                style.backgroundColor].join();
        });
        return looks.join(";");
    };
    const with_focus = look();
    one.blur();
    const without = look();
    one.focus({focusVisible: true, preventScroll: true});
    return with_focus === without;
}"""


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("prediction", ("Undo the last stroke", "Redo what was undone", "Pen width")),
        ("prediction?lang=zh", ("撤销上一笔", "恢复撤销的一笔", "笔的粗细")),
    ],
)
def test_a_button_that_is_a_sign_alone_has_a_name(
    open_path: OpenPath, path: str, names: tuple[str, ...]
) -> None:
    page = open_path(path)

    for name in names:
        button = page.get_by_role("button", name=name, exact=True)
        expect(button).to_be_visible()
        box = button.bounding_box()
        assert box is not None
        assert box["width"] < 64  # the name is not seen
