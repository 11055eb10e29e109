import numpy as np
import pytest

from mnistcore.drawings.text_lines import Band
from mnistcore.reading import page_windows
from mnistcore.reading.line_reader import LineDigit, LineReader, LineReading, View
from mnistcore.reading.page_windows import everywhere, parts, slope_of, uncovered
from tests.reading.test_page import NUMBERS, sheet, texts


def test_strips_lie_all_over_a_page_in_several_heights() -> None:
    strips = everywhere(400, 300)

    assert len({strip.bottom - strip.top for strip in strips}) >= 4
    for row in range(400):
        assert any(strip.top <= row < strip.bottom for strip in strips)
    assert all((strip.left, strip.right) == (0, 300) for strip in strips)


def test_each_line_of_a_band_of_three_is_within_a_strip_of_about_its_height() -> None:
    strips = parts(Band(40, 100, 200, 220), width=300)

    assert strips[0] == Band(0, 100, 300, 220)
    for top in (100, 140, 180):
        assert Band(0, top, 300, top + 40) in strips


def test_a_low_band_is_not_cut_into_strips_that_no_digit_fits_in() -> None:
    assert parts(Band(0, 10, 90, 30), width=90) == [Band(0, 10, 90, 30)]


def test_ink_between_lines_is_looked_at_and_bare_paper_is_not() -> None:
    bits = np.zeros((300, 200), bool)
    bits[20:50, 40:160] = bits[150:180, 40:160] = bits[250:280, 60:140] = True

    strips = uncovered(bits, [(20, 50), (150, 180)])

    assert strips
    assert all(strip.top >= 180 and strip.bottom > 250 for strip in strips)


def test_what_lies_between_two_lines_may_reach_into_both_of_them() -> None:
    bits = np.zeros((200, 300), bool)
    bits[20:180, 40:160] = True

    assert uncovered(bits, [(20, 70), (104, 154)])[:2] == [
        Band(0, 70, 300, 104),
        Band(0, 62, 300, 112),
    ]
    assert uncovered(bits, [(20, 90), (104, 180)]) == []  # what is left is no line's


@pytest.mark.parametrize("line", [(90.0, 70.0), (-40.0, -10.0), (310.0, 340.0), (50.0, 50.4)])
def test_a_line_of_no_height_or_beyond_the_page_has_no_strips_beside_it(
    line: tuple[float, float],
) -> None:
    assert uncovered(np.ones((300, 200), bool), [line]) == []


def digits_on(fall: float) -> tuple[LineDigit, ...]:
    """Eight digits of a line that falls to the right, the third of them out of line."""
    share = np.full(10, 0.1, np.float32)
    tops = [100 + fall * 30 * place + (15 if place == 2 else 0) for place in range(8)]
    return tuple(
        LineDigit(0, share, 30 * place, top, 30 * place + 20, top + 40)
        for place, top in enumerate(tops)
    )


@pytest.mark.parametrize("fall", [0.1, -0.2, 0.3])
def test_the_slope_of_a_line_is_that_of_most_of_its_digits(fall: float) -> None:
    assert slope_of(digits_on(fall)) == pytest.approx(fall, abs=0.02)


@pytest.mark.parametrize("fall", [0.0, 0.01, 0.6])
def test_what_is_level_or_no_line_is_not_sloped(fall: float) -> None:
    assert slope_of(digits_on(fall)) == 0


def test_a_page_that_is_full_is_looked_at_less_closely_and_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    read = LineReader.read

    def counted(reader: LineReader, views: list[View], *given: list[str]) -> LineReading:
        asked.append(len(views))
        return read(reader, views, *given)

    monkeypatch.setattr(LineReader, "read", counted)
    assert texts(sheet()) == list(NUMBERS)
    closely = asked.copy()
    asked.clear()

    monkeypatch.setattr(page_windows, "MOST_COLUMNS", 0)

    assert texts(sheet()) == list(NUMBERS)
    assert {*asked} == {1}
    assert sum(asked) < sum(closely) / 2
