import numpy as np
import pytest
from PIL import Image

from mnistcore.drawings import text_lines
from mnistcore.drawings.ink import Grey
from mnistcore.drawings.text_lines import Band
from mnistcore.reading import page, page_windows, two_readings
from mnistcore.reading.line_reader import (
    LineDigit,
    LineReader,
    LineReading,
    View,
    load_line_reader,
)
from mnistcore.reading.page import read_page
from mnistcore.reading.page_windows import view_of
from tests.reading.test_line_reader import strip
from tests.reading.test_two_readings import reading

NUMBERS = ("2026", "74", "1337")


def written(number: str) -> Grey:
    """A number, (60, W), its digits 40 pixels high: 1 where there is most ink."""
    line = Image.fromarray(strip(*number).astype(np.float32))
    small = np.asarray(line.resize((line.width * 60 // line.height, 60), Image.Resampling.BOX))
    return np.clip((0.9 - small) / 0.7, 0, 1)


def sheet(paper: float = 0.85, ink: float = 0.2) -> Grey:
    """Three numbers below each other."""
    grey = np.full((340, 420), paper)
    for place, number in enumerate(NUMBERS):
        share = written(number)
        top, left = 30 + 100 * place, 40 + 50 * place
        rows, columns = slice(top, top + 60), slice(left, left + share.shape[1])
        grey[rows, columns] = paper + (ink - paper) * share
    return grey + np.random.default_rng(1).normal(0, 0.01, grey.shape)


def texts(grey: Grey) -> list[str]:
    return [line.reading.text for line in read_page(load_line_reader("paper"), grey)[1]]


@pytest.mark.parametrize(("paper", "ink"), [(0.85, 0.2), (0.8, 0.6), (0.1, 0.7)])
def test_every_line_is_read_from_top_to_bottom(paper: float, ink: float) -> None:
    assert texts(sheet(paper, ink)) == list(NUMBERS)


def test_rulings_a_table_and_a_shadow_are_no_lines() -> None:
    grey = sheet()
    grey[110:112] *= 0.6
    grey[210:212] *= 0.6
    grey[:, 20:22] *= 0.7
    grey *= np.linspace(1, 0.6, grey.shape[1])
    grey[-8:] = 0.03

    assert texts(grey) == list(NUMBERS)


@pytest.mark.parametrize("degrees", [-5, 4])
def test_a_slanted_sheet_is_read(degrees: float) -> None:
    turned = Image.fromarray(sheet().astype(np.float32)).rotate(
        degrees, Image.Resampling.BICUBIC, fillcolor=0.85
    )

    assert texts(np.asarray(turned)) == list(NUMBERS)


def test_blank_paper_and_noise_have_no_lines() -> None:
    rng = np.random.default_rng(3)

    assert texts(np.full((200, 300), 0.8)) == []
    assert texts(0.8 + rng.normal(0, 0.02, (200, 300))) == []


def test_one_line_that_fills_the_picture_is_read() -> None:
    assert texts(strip(*"2026")[14:-14]) == ["2026"]


def tight_sheet(spacing: int, wave: float) -> Grey:
    """Four numbers below each other that leave few rows between them, or none."""
    numbers = ("2026", "74180", "1337", "9052")
    grey = np.full((100 + spacing * len(numbers), 420), 0.85)
    for place, number in enumerate(numbers):
        grey_number = 0.85 - 0.65 * written(number)
        for column in range(grey_number.shape[1]):
            top = 20 + spacing * place + round(wave * np.sin(column / 40 + place))
            part = grey[top : top + 60, 30 + 20 * place + column]
            part[:] = np.minimum(part, grey_number[:, column])
    return grey + np.random.default_rng(1).normal(0, 0.01, grey.shape)


@pytest.mark.slow
@pytest.mark.parametrize(("spacing", "wave"), [(48, 0), (48, 8), (52, 8), (58, 4), (58, 8)])
def test_lines_that_run_into_each_other_are_told_apart(spacing: int, wave: float) -> None:
    assert texts(tight_sheet(spacing, wave)) == ["2026", "74180", "1337", "9052"]


@pytest.mark.parametrize(("row", "depth"), [(25, 0.6), (28, 0.6), (30, 0.3), (38, 0.6)])
def test_a_number_that_a_ruling_runs_through_stays_one_line(row: int, depth: float) -> None:
    grey = sheet()
    for top in (30, 130, 230):
        ruling = grey[top + row - 1 : top + row + 2]
        ruling[:] = np.minimum(ruling, 0.85 * (1 - depth))

    assert texts(grey) == list(NUMBERS)


def test_a_short_number_between_long_ones_is_not_passed_over() -> None:
    numbers = ["20261337405268", "17", "90526841370264"]
    grey = np.full((340, 1100), 0.85)
    for place, number in enumerate(numbers):
        share = written(number)
        rows, columns = slice(30 + 100 * place, 90 + 100 * place), slice(40, 40 + share.shape[1])
        grey[rows, columns] = 0.85 - 0.65 * share
    grey += np.random.default_rng(1).normal(0, 0.01, grey.shape)

    assert texts(grey) == numbers


@pytest.mark.slow
def test_a_line_is_as_sure_as_it_is_when_nothing_hangs_on_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[LineReading, LineReading]] = []

    def agreed(first: LineReading, again: LineReading) -> LineReading:
        asked.append((first, again))
        return two_readings.agreed(first, again)

    monkeypatch.setattr(page, "agreed", agreed)
    lines = read_page(load_line_reader("paper"), tight_sheet(58, 8))[1]

    assert len(lines) == len(asked) == 4
    for line in lines:
        told = [pair for pair in asked if line.reading.text in (pair[0].text, pair[1].text)]
        assert line.reading.log_probability == two_readings.agreed(*told[0]).log_probability


def test_what_was_looked_for_is_read_with_little_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    beside: list[float] = []

    def closer(
        digits: tuple[LineDigit, ...], band: Band, around: float
    ) -> list[tuple[Band, float]]:
        beside.append(around)
        return page_windows.closer(digits, band, around)

    monkeypatch.setattr(page, "closer", closer)
    grey = sheet()
    lines = read_page(load_line_reader("paper"), grey)[1]
    width = grey.shape[1]
    wide, close = (
        page_windows.closer(lines[0].reading.digits, Band(0, 0, width, 500), around)[0][0]
        for around in (page_windows.AROUND, page_windows.BESIDE)
    )

    assert {page_windows.AROUND, page_windows.BESIDE} == {*beside}
    assert beside[-len(lines) :] == [page_windows.BESIDE] * len(lines)  # each read once more
    assert close.right - close.left < wide.right - wide.left


def test_a_strip_that_shows_a_line_that_is_sure_is_looked_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader = load_line_reader("paper")
    asked: list[int] = []

    def read(views: list[View], *given: list[str]) -> LineReading:
        asked.append(len(views))
        return LineReader.read(reader, views, *given)

    def read_each(views: list[View]) -> list[LineReading]:
        asked.extend(1 for _ in views)
        return LineReader.read_each(reader, views)

    straightened, lines = read_page(reader, sheet())
    width = straightened.grey.shape[1]
    strips = [Band(0, round(line.top) - 5, width, round(line.bottom) + 5) for line in lines]
    monkeypatch.setattr(reader, "read", read)
    monkeypatch.setattr(reader, "read_each", read_each)

    frugal = page_windows.Frugal(reader)
    assert page._look_at(frugal, straightened.grey, strips, lines) == lines
    assert asked == [1, 1, 1]
    others = page._look_at(frugal, straightened.grey, strips, lines[:2])
    assert {line.reading.text for line in others} == {*NUMBERS}
    assert asked[:6] == [1] * 6
    assert set(asked[6:]) == {3}  # the strip's first look is not taken again


@pytest.mark.parametrize(
    ("log_probabilities", "believed"),
    [
        ([-0.1, -0.1], True),
        ([-0.1, -0.9], False),
        ([-0.1, -0.1, -0.1, -0.9, -0.9], True),
        ([-0.1, -0.1, -0.9, -0.9, -0.9], False),
        ([-0.1, -0.1, -0.1, *[-0.9] * 4], False),
        ([], False),
    ],
)
def test_a_slope_is_believed_where_most_lines_are_sure(
    log_probabilities: list[float], believed: bool
) -> None:
    lines = [
        two_readings.FoundLine(reading(n7474=one), 50.0 * place, 50.0 * place + 30)
        for place, one in enumerate(log_probabilities)
    ]

    assert page._is_believed(lines) == believed


def test_a_page_taken_to_slope_is_read_level_where_that_says_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(text_lines, "_tilt", lambda bits: 30.0)
    straightened, lines = read_page(load_line_reader("paper"), sheet())

    assert straightened.degrees == 0
    assert [line.reading.text for line in lines] == list(NUMBERS)


def test_a_view_along_a_slope_has_the_line_level_and_the_boxes_where_they_were() -> None:
    level = np.pad(strip(*"2026"), ((120, 120), (40, 40)), constant_values=0.9)
    columns = np.arange(level.shape[1])
    sunk = np.rint(0.2 * (columns - len(columns) / 2)).astype(int)
    rows = (np.arange(len(level))[:, None] - sunk).clip(0, len(level) - 1)
    sloping = level[rows, columns]
    band = Band(40, 120, level.shape[1] - 40, len(level) - 120)

    there = load_line_reader("paper").read([view_of(sloping, band, 0.82, slope=0.2)])
    here = load_line_reader("paper").read([view_of(level, band, 0.82)])

    assert there.text == here.text == "2026"
    for one, other in zip(there.digits, here.digits, strict=True):
        sunk_by = 0.2 * ((one.left + one.right) / 2 - len(columns) / 2)
        assert one.left == pytest.approx(other.left, abs=2)
        # Told at the column that says the digit, which may be half a digit from its middle.
        assert one.bottom - other.bottom == pytest.approx(sunk_by, abs=0.1 * (one.right - one.left))
