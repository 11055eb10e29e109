import pytest

from mnistcore.reading import page_windows
from mnistcore.reading.line_reader import LineReader, LineReading, View
from tests.reading.test_page import NUMBERS, sheet, texts


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
