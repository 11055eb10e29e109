"""Every place for a file, given damaged and hostile ones: a sentence, and the page goes on."""

import base64
import json
import random
from io import BytesIO

import pytest
import torch
from PIL import Image
from streamlit.testing.v1 import AppTest

from mnistcore.drawings.drawing_files import LabelledDrawing, to_json
from mnistcore.models.model import build_network
from mnistcore.stacks.json_format import stack_to_json
from mnistcore.stacks.presets import lenet5
from tests.pages.conftest import OpenPage
from tests.pictures import picture

NAMES = ("seven", "数" * 120, "![a](http://example.org/a.png)", "../../etc/passwd", "a" * 3000)
NUM_FILES = 25
LONGEST_SENTENCE = 600


def checkpoint(extra: str = "") -> bytes:
    weights = build_network("mynet", seed=1).state_dict()
    if extra:
        weights[extra] = torch.ones(1)
    file = BytesIO()
    torch.save(weights, file)
    return file.getvalue()


def drawings() -> bytes:
    png = BytesIO()
    Image.new("L", (336, 336)).save(png, "PNG")
    uri = f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"
    stroke = {"type": "Path", "path": [["M", 1, 2], ["L", 30, 40]], "strokeWidth": 25}
    objects = [stroke, {"type": "Image", "src": uri, "left": 0}]
    return to_json([LabelledDrawing(7, 1, objects, png.getvalue())] * 2).encode()


def spoilt(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((0, 1, 3, 30))):
        changed[chance.randrange(len(changed))] = chance.choice(b'\x00\xff{}[]",:-.e019n')
    return bytes(changed[: chance.choice((None, None, 0, 40, chance.randrange(len(changed))))])


PLACES = {  # where a file is taken: the page, what its address says, and a whole file
    "picture": ("pages/prediction.py", {"view": "photo"}, picture(5, "PNG"), "png"),
    "checkpoint_file": ("pages/prediction.py", {"network": "~upload"}, checkpoint(), "pt"),
    "drawings_file": ("pages/prediction.py", {}, drawings(), "json"),
    "inside_file": ("pages/network.py", {"inside_kind": "file"}, picture(5, "JPEG"), "jpg"),
    "network_file": (
        "pages/calculator.py",
        {"calculation": "A network"},
        stack_to_json(lenet5()).encode(),
        "json",
    ),
}


def give(page: AppTest, key: str, name: str, content: bytes) -> None:
    page.file_uploader(key=key).upload(name, content).run()
    assert not page.exception, (key, name[:40], page.exception[0].value)
    assert all(len(error.value) < LONGEST_SENTENCE for error in page.error)


@pytest.mark.slow
@pytest.mark.parametrize("key", PLACES)
def test_whatever_is_uploaded_the_page_goes_on(key: str, open_page: OpenPage) -> None:
    path, address, whole, suffix = PLACES[key]
    chance = random.Random(17)
    page = open_page(path, **address)
    for number in range(NUM_FILES):
        content = b"" if number == 0 else spoilt(whole, chance)
        give(page, key, f"{NAMES[number % len(NAMES)]}.{suffix}", content)

    give(page, key, f"whole.{suffix}", whole)
    assert not page.error


def test_a_name_from_a_file_is_text(open_page: OpenPage) -> None:
    page = open_page("pages/prediction.py", network="~upload")

    give(page, "checkpoint_file", "mine.pt", checkpoint("![a](http://example.org/a.png)"))

    said = page.error[0].value.replace("\u2060", "")
    assert r"no such weights: \!\[a\](http://example.org/a.png)" in said


def test_a_torn_drawing_is_not_kept(open_page: OpenPage) -> None:
    page = open_page("pages/prediction.py")
    content = json.loads(drawings())
    content["drawings"][1]["png"] = content["drawings"][1]["png"][:200]

    give(page, "drawings_file", "mine.json", json.dumps(content).encode())

    assert any("Drawing 2 of the file is unusable" in error.value for error in page.error)
    assert not any("kept here" in caption.value for caption in page.caption)
