"""On a phone the menu lies over the page: it folds up behind a choice."""

from ui.components.loader import load

_MENU_FOLD = load("menu_fold")


def fold_behind_a_choice(language: str) -> None:
    """Mount what folds the menu; it shows nothing, and leaves a wide window's menu alone.

    Args:
        language: Of the page: the browser chooses its signs and breaks its lines by it.
    """
    _MENU_FOLD(key="menu_fold", data={"language": language})
