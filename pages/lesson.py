"""The lesson: one digit, followed from the first kernel to the answer, in seven stops."""

from ui.lesson.frame import show_lesson
from ui.lesson.stops import STOPS
from ui.menu import open_page
from ui.parts import tells_what_is_wrong


@tells_what_is_wrong
def main() -> None:
    open_page("pages/lesson.py", folds_menu=True)
    show_lesson(STOPS)


main()
