"""The start page: a digit, the network at work on it, and the way into the lesson."""

from ui.lesson.start import show_start
from ui.menu import open_page
from ui.parts import tells_what_is_wrong


@tells_what_is_wrong
def main() -> None:
    open_page("app.py", folds_menu=True)
    show_start()


main()
