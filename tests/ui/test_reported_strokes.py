"""What no canvas reports of its strokes is refused in a sentence, whatever its shape."""

from typing import Any

import pytest

from mnistcore.errors import InvalidInputError
from ui.reported_strokes import MOST_WEIGHT, report_in

URL = "data:image/png;base64,AAAA"
STROKES = {"version": "4", "objects": [{"type": "path", "path": [["M", 1, 2]]}]}


def told(raw: Any = STROKES, data: Any = URL) -> dict[str, Any]:
    return {"drawing": {"raw": raw, "data": data}}


def test_what_a_canvas_reports_is_taken_as_it_is() -> None:
    report = report_in(told())

    assert report is not None
    assert (report.strokes, report.url) == (STROKES, URL)


@pytest.mark.parametrize("nothing", [None, {}, {"drawing": None}, told(raw=None), told(data=None)])
def test_a_canvas_that_has_not_reported_yet_has_no_strokes(nothing: Any) -> None:
    assert report_in(nothing) is None


NO_STROKES: list[Any] = [{}, [], "x", 7, {"objects": 3}, {"objects": [1]}]
NO_ADDRESSES: list[Any] = [7, ["x"], {}, "data:image/png;base64,é"]


@pytest.mark.parametrize(
    "wrong",
    [
        *["x", [1], 7, {"drawing": [1]}, {"drawing": "x"}],
        *[told(raw=raw) for raw in NO_STROKES],
        *[told(data=url) for url in NO_ADDRESSES],
    ],
)
def test_a_report_of_another_shape_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidInputError, match="reported no strokes"):
        report_in(wrong)


@pytest.mark.parametrize(
    "objects", [[{"x": "x" * MOST_WEIGHT}], [{}] * 100_000, [{"path": [["M", 1, 2]] * 20_000}]]
)
def test_a_report_of_more_than_anybody_draws_is_refused(objects: Any) -> None:
    with pytest.raises(InvalidInputError, match="which is 4,000,000 bytes"):
        report_in(told({"objects": objects}))
