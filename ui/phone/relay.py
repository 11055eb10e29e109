"""Drawings on their way from phones to a screen; whoever has a screen's code may send to it.

They are in the memory of this process alone. It knows no page: who asks is told by whoever asks.
"""

import secrets
import time
import unicodedata
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from mnistcore.errors import InvalidInputError

LETTERS = "ACDEFHJKMNPRTVWXY34679"  # nothing that looks like something else
CODE_LENGTH = 8  # so many that who comes as a new visitor for each guess still guesses in vain
MOST_SCREENS = 20
MOST_WAITING = 40  # drawings for one screen, of each phone one
LONGEST_SECONDS = 2 * 3600  # of a code
UNATTENDED_SECONDS = 150  # without its page: a browser asks once a minute for one that is hidden
GUESSES_SECONDS = 60
MOST_WRONG = 5  # codes of one visitor in that time; what others guess keeps nobody out
MOST_REMEMBERED = 1000  # of the last wrong codes


@dataclass(eq=False)
class Screen:
    """A page that shows drawings from phones.

    Attributes:
        code: By which phones find it.
        opened: When it was, in seconds.
        asked: When its page asked for a drawing last, in seconds.
        waiting: PNGs that it has yet to show, by their phones, the earliest first.
    """

    code: str
    opened: float
    asked: float
    waiting: dict[str, bytes] = field(default_factory=dict)

    @property
    def shown_code(self) -> str:
        """The code as people read it best, in two halves.

        >>> Screen("ACDEFHJK", opened=0, asked=0).shown_code
        'ACDE FHJK'
        """
        return f"{self.code[: CODE_LENGTH // 2]} {self.code[CODE_LENGTH // 2 :]}"


class Relay:
    """All screens of the app."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._screens: dict[str, Screen] = {}
        # When, and whose guess.
        self._wrong: deque[tuple[float, str]] = deque(maxlen=MOST_REMEMBERED)

    def open_screen(self) -> Screen:
        """Return a new screen, with a code that no other has.

        Raises:
            InvalidInputError: There are too many.
        """
        with self._lock:
            self._forget()
            if len(self._screens) >= MOST_SCREENS:
                raise InvalidInputError(
                    "{most:,} screens show drawings from phones already, which is the most here. "
                    "Try again when one has stopped.",
                    most=MOST_SCREENS,
                )
            code = _new_code()
            while code in self._screens:
                code = _new_code()
            screen = self._screens[code] = Screen(code, self._now(), self._now())
            return screen

    def close_screen(self, screen: Screen) -> None:
        """Let a code be over."""
        with self._lock:
            if self._screens.get(screen.code) is screen:
                del self._screens[screen.code]

    def take(self, screen: Screen) -> bytes | None:
        """Return the drawing that has waited longest, a PNG; None if none has.

        Raises:
            InvalidInputError: The code is over.
        """
        with self._lock:
            self._check_is_open(screen)
            screen.asked = self._now()
            if not screen.waiting:
                return None
            return screen.waiting.pop(next(iter(screen.waiting)))

    def find_screen(self, code: str, visitor: str) -> Screen:
        """Return the screen that has a code.

        Args:
            code: As it was typed.
            visitor: Who asks, as no other is called: a few wrong codes, and no more is told.

        Raises:
            InvalidInputError: There is none, or this visitor typed too many wrong ones.
        """
        with self._lock:
            self._forget()
            own = sum(who == visitor for _, who in self._wrong)
            if own >= MOST_WRONG:
                raise InvalidInputError(
                    "Too many codes were typed that no screen has. Try again in a minute."
                )
            screen = self._screens.get(as_code(code))
            if screen is None:
                self._wrong.append((self._now(), visitor))
                raise InvalidInputError(
                    "No screen shows the code {code!r} now. Read it there once more: it is over "
                    "when its page is closed.",
                    code=as_code(code),
                )
            return screen

    def send(self, screen: Screen, visitor: str, png: bytes) -> None:
        """Have a drawing wait for its turn, in place of the same phone's last if that waits still.

        Raises:
            InvalidInputError: The code is over, or too many drawings wait.
        """
        with self._lock:
            self._check_is_open(screen)
            if visitor not in screen.waiting and len(screen.waiting) >= MOST_WAITING:
                raise InvalidInputError(
                    "{most:,} drawings wait to be shown already, which is the most. Draw again in "
                    "a while.",
                    most=MOST_WAITING,
                )
            screen.waiting[visitor] = png

    def check_is_open(self, screen: Screen) -> None:
        """Refuse a screen whose code is over.

        Raises:
            InvalidInputError: It is.
        """
        with self._lock:
            self._check_is_open(screen)

    def _check_is_open(self, screen: Screen) -> None:
        self._forget()
        if self._screens.get(screen.code) is not screen:
            raise InvalidInputError(
                "The code {code} is over. Ask for another one on the page that shows the drawings.",
                code=screen.code,
            )

    def _forget(self) -> None:
        """Drop what is over."""
        now = self._now()
        self._screens = {
            code: screen
            for code, screen in self._screens.items()
            if now - screen.opened < LONGEST_SECONDS and now - screen.asked < UNATTENDED_SECONDS
        }
        while self._wrong and now - self._wrong[0][0] >= GUESSES_SECONDS:
            self._wrong.popleft()


RELAY = Relay()


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def as_code(text: str) -> str:
    """Return a code as it was meant.

    >>> as_code(" k7qx m3pa "), as_code("Ｋ７ＱＸ"), len(as_code("K" * 99))
    ('K7QXM3PA', 'K7QX', 16)
    """
    letters = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in letters if letter.isalnum())[: 2 * CODE_LENGTH]
