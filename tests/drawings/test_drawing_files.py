import base64
import json
from typing import Any

import pytest

from mnistcore.drawings.drawing_files import (
    FORMAT,
    MAX_DRAWINGS,
    PNG_HEADER,
    LabelledDrawing,
    from_json,
    to_json,
)
from mnistcore.errors import InvalidInputError

STROKE = {
    "type": "Path",
    "path": [["M", 10, 20], ["Q", 11, 21, 12.5, 30], ["L", 13, 40]],
    "left": 10,
    "stroke": "#ffffff",
    "strokeWidth": 25,
    "fill": None,
}
PICTURE = {"type": "Image", "src": "data:image/png;base64,iVBORw0KGgo=", "left": 0}


def file_with(**changes: Any) -> str:
    entry = {
        "label": 7,
        "read_as": 1,
        "objects": [STROKE],
        "png": base64.b64encode(PNG_HEADER).decode(),
        **changes,
    }
    return json.dumps({"format": FORMAT, "drawings": [entry]})


def test_drawings_come_back_as_they_were_saved() -> None:
    drawings = [
        LabelledDrawing(7, 1, [STROKE, PICTURE], PNG_HEADER + b"rest"),
        LabelledDrawing(0, None, [], PNG_HEADER),
    ]

    assert from_json(to_json(drawings)) == drawings


def test_what_a_canvas_does_not_need_is_left_behind() -> None:
    stroke = {**STROKE, "clipPath": {"type": "Image", "src": "https://example.org/x.png"}}

    [drawing] = from_json(file_with(objects=[stroke]))

    assert drawing.objects == [STROKE]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe\x00", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "does not say"),
        ("{}", "does not say"),
        (json.dumps({"format": FORMAT}), "must be a list"),
        (json.dumps({"format": FORMAT, "drawings": [1] * (MAX_DRAWINGS + 1)}), "at most"),
        (json.dumps({"format": FORMAT, "drawings": [1]}), "Drawing 1"),
        (file_with(label=10), "labelled 10"),
        (file_with(label="7"), "labelled '7'"),
        (file_with(label=[7]), "labelled"),
        (file_with(read_as=-1), "Labels are 0 to 9"),
        (file_with(png="!"), "Drawing 1"),
        (file_with(png=base64.b64encode(b"GIF89a").decode()), "no PNG"),
        (file_with(objects=None), "Drawing 1"),
        (file_with(objects=[{"type": "Textbox"}]), "neither a stroke nor"),
        (file_with(objects=[{"type": "Image", "src": "https://example.org/"}]), "neither"),
        (file_with(objects=[{"type": "Path", "path": [["M", "x"]]}]), "Drawing 1"),
        (file_with(objects=[{**STROKE, "left": "1"}]), "`left` is '1'"),
        (file_with(objects=["path"]), "Drawing 1"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused(content: str | bytes, reason: str) -> None:
    with pytest.raises(InvalidInputError, match=reason):
        from_json(content)
