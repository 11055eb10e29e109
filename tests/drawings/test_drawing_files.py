import base64
import json
import random
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mnistcore.drawings.drawing_files import (
    FORMAT,
    MAX_DRAWINGS,
    LabelledDrawing,
    from_json,
    images_of,
    read_drawings,
    to_json,
)
from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.errors import InvalidInputError
from tests.ascii_drawings import FOUR, SEVEN, drawing
from tests.bounds import within_bounds
from tests.pictures import png_of_two_sizes

STROKE = {
    "type": "Path",
    "path": [["M", 10, 20], ["Q", 11, 21, 12.5, 30], ["L", 13, 40]],
    "left": 10,
    "stroke": "#ffffff",
    "strokeWidth": 25,
    "fill": None,
}


def png(width: int = 8, height: int = 6) -> bytes:
    file = BytesIO()
    Image.effect_noise((width, height), 50).save(file, "PNG")
    return file.getvalue()


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


PNG = png()
PICTURE: dict[str, Any] = {
    "type": "Image",
    "src": f"data:image/png;base64,{encoded(PNG)}",
    "left": 0,
}


def file_with(**changes: Any) -> str:
    entry = {
        "label": 7,
        "read_as": 1,
        "objects": [STROKE],
        "png": encoded(PNG),
        **changes,
    }
    return json.dumps({"format": FORMAT, "drawings": [entry]})


def test_drawings_come_back_as_they_were_saved() -> None:
    drawings = [
        LabelledDrawing(7, 1, [STROKE, PICTURE], png(9, 9)),
        LabelledDrawing(0, None, [], PNG),
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
        (file_with(objects=[{**STROKE, "stroke": "\ud800"}]), "no JSON"),
        ("[]", "does not say"),
        ("{}", "does not say"),
        (json.dumps({"format": FORMAT}), "must be a list"),
        (json.dumps({"format": FORMAT, "drawings": [1] * (MAX_DRAWINGS + 1)}), "at most"),
        (json.dumps({"format": FORMAT, "drawings": [1]}), "Drawing 1"),
        (file_with(label=10), r"`int` <= 9 - at `\$\.label`"),
        (file_with(label="7"), r"got `str` - at `\$\.label`"),
        (file_with(label=[7]), r"at `\$\.label`"),
        (file_with(label=True), r"got `bool` - at `\$\.label`"),
        (file_with(read_as=-1), r"at `\$\.read_as`"),
        (file_with(png="!"), "Drawing 1"),
        (file_with(png=base64.b64encode(b"GIF89a").decode()), "no PNG"),
        (file_with(png=encoded(PNG[:60])), "unusable: The picture is damaged"),
        (file_with(png=encoded(PNG[:8])), "no PNG"),
        (file_with(png=encoded(png_of_two_sizes((9, 9), (65_535, 65_535), rows=1))), "pixels"),
        (file_with(objects=[{**PICTURE, "src": PICTURE["src"][:-80]}]), "Drawing 1"),
        (file_with(objects=[{**PICTURE, "src": "data:image/png;base64,é"}]), "not in base64"),
        (file_with(objects=None), "Drawing 1"),
        (file_with(objects=[STROKE] * 2001), "more than 2,000 strokes"),
        (file_with(objects=[{**STROKE, "path": [["M", 1, 2]] * 5001}]), "at most 5,000 commands"),
        (file_with(objects=[{**STROKE, "path": [["M", float("nan")]]}]), "no place on a canvas"),
        (file_with(objects=[{**STROKE, "left": float("inf")}]), "no place on a canvas"),
        (file_with(objects=[{**STROKE, "left": 10**400}]), "no place on a canvas"),
        (file_with(objects=[{**STROKE, "stroke": "url(http://a.b)"}]), "`stroke` is"),
        (file_with(objects=[{**STROKE, "path": ["M12"]}]), "`path` holds"),
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


def test_hundreds_of_damaged_files_are_read_whole_or_refused() -> None:
    chance, whole = random.Random(17), file_with(objects=[STROKE, PICTURE]).encode()
    num_refused = 0
    for _ in range(400):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3, 20))):
            content[chance.randrange(len(content))] = chance.choice(b'\x00\xff{}[]",:-.e019nA')
        try:
            for drawing in from_json(bytes(content)):
                assert Image.open(BytesIO(drawing.png)).convert("RGBA").size == (8, 6)
        except InvalidInputError as error:
            num_refused += 1
            assert len(str(error)) < 400
    assert num_refused > 200


@pytest.mark.parametrize(
    ("side", "refusal"),
    [(200, ""), (1000, "more than 60,000,000 pixels"), (1025, "the limit is 1,024 on each side")],
)
def test_a_file_of_many_pictures_costs_little(side: int, refusal: str) -> None:
    blank = BytesIO()
    Image.new("1", (side, side)).save(blank, "PNG")
    entry = json.loads(file_with(png=encoded(blank.getvalue())))["drawings"][0]
    content = json.dumps({"format": FORMAT, "drawings": [entry] * MAX_DRAWINGS})

    with within_bounds():
        if not refusal:
            assert len(from_json(content)) == MAX_DRAWINGS
        else:
            with pytest.raises(InvalidInputError, match=refusal):
                from_json(content)


@pytest.mark.parametrize("part", ["[],", "{},", '{"a":{}},', "1,"])
def test_a_file_of_millions_of_values_is_refused_before_it_is_read(part: str) -> None:
    content = f'{{"format":"{FORMAT}","drawings":[{part * (15_000_000 // len(part))}[]]}}'

    with within_bounds(), pytest.raises(InvalidInputError, match=r"the limit is 1,000,000"):
        from_json(content.encode())


@pytest.mark.slow
def test_a_thousand_drawings_as_people_make_them_are_read() -> None:
    lines = [["M", 10.5, 20.5], *[["Q", 11.25, 21.5, 12.5, 30.75]] * 60]
    kept = LabelledDrawing(7, 1, [{**STROKE, "path": lines}] * 2, PNG)

    assert len(from_json(to_json([kept] * MAX_DRAWINGS))) == MAX_DRAWINGS


def test_strokes_up_to_the_limits_cost_what_an_upload_may() -> None:
    strokes = [{"type": "path", "path": [["L"]] * 5000}] * 2
    entry = json.loads(file_with(objects=strokes))["drawings"][0]

    with within_bounds():
        assert len(from_json(json.dumps({"format": FORMAT, "drawings": [entry] * 49}))) == 49


def test_drawings_become_the_images_that_the_canvas_would_give() -> None:
    canvases = [drawing(FOUR), drawing(SEVEN)]
    files = [BytesIO(), BytesIO()]
    for canvas, file in zip(canvases, files, strict=True):
        Image.fromarray(canvas).save(file, "PNG")
    drawn = [
        LabelledDrawing(digit, None, [], file.getvalue())
        for digit, file in zip((4, 7), files, strict=True)
    ]

    images, labels = images_of(drawn)

    assert labels.tolist() == [4, 7]
    for image, canvas in zip(images, canvases, strict=True):
        np.testing.assert_array_equal(image, drawing_to_image(canvas))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (to_json([]), "it holds none"),
        ("{}", "does not say that it holds"),
        ("nothing", "The file is no JSON"),
        (None, "No such file or directory"),
    ],
)
def test_a_file_without_drawings_is_refused_by_name(
    content: str | None, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.json"
    if content is not None:
        path.write_text(content)

    with pytest.raises(InvalidInputError, match=f"mine.json cannot be used: .*{reason}.* Give"):
        read_drawings(path)


def test_a_picture_counts_by_the_size_at_which_it_is_decoded() -> None:
    large = png_of_two_sizes((16, 16), (5200, 5200), rows=5200)
    drawings = [LabelledDrawing(4, 9, [STROKE], large)] * 30

    with within_bounds(), pytest.raises(InvalidInputError, match="5,200 x 5,200 pixels"):
        from_json(to_json(drawings))


def test_a_file_of_drawings_is_read(tmp_path: Path) -> None:
    drawings = [LabelledDrawing(4, 9, [STROKE], png())]
    (tmp_path / "mine.json").write_text(to_json(drawings))

    assert read_drawings(tmp_path / "mine.json") == drawings
