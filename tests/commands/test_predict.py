import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mnistcore.__main__ import main
from tests.reading.test_page import NUMBERS, sheet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shade = np.rint(255 * np.clip(sheet(), 0, 1)).astype(np.uint8)
    Image.fromarray(shade).save(tmp_path / "sheet.png")
    Image.fromarray(np.full((60, 60), 255, np.uint8)).save(tmp_path / "blank.jpg")
    (tmp_path / "notes.txt").write_text("no picture")
    return tmp_path


def test_a_folder_of_pictures_is_read_line_by_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", str(folder)]) == 0

    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == f"{folder / 'blank.jpg'}: blank"
    for number, line in zip(NUMBERS, printed[1:], strict=True):
        assert f": {number} (" in line
    assert printed[1].startswith(f"{folder / 'sheet.png'}, line 1: ")


def test_two_numbers_of_a_line_stand_apart(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shade = np.rint(255 * np.clip(np.hstack([sheet(), sheet()]), 0, 1)).astype(np.uint8)
    Image.fromarray(shade).save(folder / "sheet.png")

    main(["predict", str(folder / "sheet.png")])

    for number, line in zip(NUMBERS, capsys.readouterr().out.splitlines(), strict=True):
        assert f": {number} {number} (" in line


def test_json_tells_boxes_and_probabilities(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", "--json", str(folder / "sheet.png")]) == 0

    [told] = map(json.loads, capsys.readouterr().out.splitlines())
    assert told["picture"] == str(folder / "sheet.png")
    assert [line["text"] for line in told["lines"]] == list(NUMBERS)
    for line in told["lines"]:
        for digit in line["digits"]:
            left, top, right, bottom = digit["box"]
            assert 0 <= left < right <= 420
            assert 0 <= top < bottom <= 340
            assert int(np.argmax(digit["probabilities"])) == int(digit["text"])


def test_what_is_no_picture_is_a_sentence_and_the_rest_is_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty").mkdir()
    paths = [str(folder / name) for name in ("notes.txt", "blank.jpg", "missing.png", "empty")]

    assert main(["predict", *paths]) == 1

    printed = capsys.readouterr()
    assert printed.out.splitlines() == [f"{folder / 'blank.jpg'}: blank"]
    assert len(printed.err.splitlines()) == 3
    assert f"{folder / 'empty'}: there is no picture in this folder" in printed.err


@pytest.mark.slow
def test_a_mark_beside_the_digits_is_left_out_and_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "sheet.png"
    main(["predict", "--json", str(path)])
    before = json.loads(capsys.readouterr().out)["lines"][1]
    assert before["left_out"] == []
    _, _, right, bottom = before["digits"][-1]["box"]
    with Image.open(path) as picture:
        shade = np.array(picture)
    shade[bottom - 7 : bottom, right + 6 : right + 13] = 40
    Image.fromarray(shade).save(path)

    main(["predict", "--json", str(path)])
    after = json.loads(capsys.readouterr().out)["lines"][1]
    main(["predict", str(path)])
    spoken = capsys.readouterr().out.splitlines()

    assert after["text"] == before["text"]
    [[left, top, mark_right, mark_bottom]] = after["left_out"]
    assert abs(left - right - 6) <= 2
    assert abs(mark_right - right - 13) <= 2
    assert abs(top - bottom + 7) <= 2
    assert abs(mark_bottom - bottom) <= 2
    marked = [line.endswith("; left out, as no digit: 1 mark") for line in spoken]
    assert marked == [False, True, False]
