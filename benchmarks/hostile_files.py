"""Files that no honest program writes, made from whole ones by a seed: cut, flipped, overwritten.

Sizes and types, too, that no honest file has.
"""

import base64
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from PIL import Image

from mnistcore.drawings.drawing_files import LabelledDrawing, to_json
from mnistcore.reading.classifier import MYNET, SHIPPED_CHECKPOINT
from mnistcore.stacks.json_format import stack_to_json
from mnistcore.stacks.presets import PRESETS, preset
from tests.pictures import png_of_two_sizes

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")
COSTLY_SHARE = 0.03  # of the files: small, and made to cost much time or memory
WILD: tuple[Any, ...] = (
    *(0, -1, 2**31 - 1, 2**63, 10**13, 10**400, -0.5, 1e308, float("nan"), float("inf")),
    *("", "x", "数" * 5000, None, True, [], {}, [[[[]]]], {"a": {}}, [0] * 10_000),
)


def make_picture(chance: random.Random) -> bytes:
    """Return a damaged picture, often with another size in its header, or one that costs much."""
    if chance.random() < COSTLY_SHARE:
        return chance.choice((_many_pixels, _many_runs, _many_parts))(chance)
    side, file_format, file = chance.choice((8, 60, 400)), chance.choice(FORMATS), BytesIO()
    Image.effect_noise((side, 2 * side), 60).save(file, file_format)
    content = bytearray(file.getvalue())
    if chance.random() < 0.3:
        place = chance.randrange(min(60, len(content) - 4))
        order = chance.choice("<>")
        size = chance.choice((0, 1, 20_000, 28_000_000, 2**31 - 1, 2**32 - 1))
        content[place : place + 4] = struct.pack(f"{order}I", size)
    if file_format == "PNG" and chance.random() < 0.5:
        if chance.random() < 0.5:
            content[16:24] = struct.pack(">II", chance.randrange(2**31), chance.choice((1, 2**20)))
        content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))  # as if all were well
    return spoilt(bytes(content), chance)


def make_checkpoint(chance: random.Random) -> bytes:
    """Return a damaged checkpoint: the file, its description, or a value in it; or a costly one."""
    import torch

    if chance.random() < COSTLY_SHARE:
        return _doubling_names(chance)
    whole = chance.choice((MYNET, SHIPPED_CHECKPOINT)).read_bytes()
    match chance.randrange(3):
        case 0:
            return spoilt(whole, chance)
        case 1:
            return _with_spoilt_description(whole, chance)
    content = torch.load(BytesIO(whole), weights_only=True)
    wild = (
        *WILD,
        torch.zeros(0),
        torch.full((3,), float("nan")),
        torch.zeros(2, 3, dtype=torch.int64),
    )
    for _ in range(chance.choice((1, 1, 3))):
        replace_a_value(content, chance, wild)
    file = BytesIO()
    torch.save(content, file)
    return file.getvalue()


def make_drawings(chance: random.Random) -> bytes:
    """Return a damaged file of drawings."""
    png = BytesIO()
    Image.effect_noise((336, 336), 60).save(png, "PNG")
    uri = f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"
    stroke = {"type": "Path", "path": [["M", 1, 2], ["Q", 3, 4, 30, 40]], "strokeWidth": 25}
    objects = [stroke, {"type": "Image", "src": uri, "left": 0}]
    whole = to_json([LabelledDrawing(7, 1, objects, png.getvalue())] * 2)
    return spoilt_json(whole, chance)


def make_network(chance: random.Random) -> bytes:
    """Return a damaged file of the calculator's."""
    return spoilt_json(stack_to_json(preset(chance.choice(sorted(PRESETS)))), chance)


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """Return content with some of it overwritten, doubled, taken out, or cut off."""
    changed = bytearray(content)
    for _ in range(chance.choice((0, 1, 3, 30))):
        start = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[start] ^= 1 << chance.randrange(8)
            case 1:
                changed[start : start + 4] = chance.choice((b"\xff" * 4, bytes(4), b"\x7f" * 4))
            case 2:
                changed[start:start] = changed[start : start + chance.choice((1, 40, 4000))]
            case 3:
                del changed[start : start + chance.choice((1, 40))]
        changed = changed or bytearray(1)
    return bytes(changed[: chance.choice((None, None, None, chance.randrange(len(changed))))])


def spoilt_json(text: str, chance: random.Random) -> bytes:
    """Return JSON with some values replaced by what they cannot be, or spoilt as any file."""
    if chance.random() < 0.4:
        return spoilt(text.encode(), chance)
    values = json.loads(text)
    for _ in range(chance.choice((1, 1, 3))):
        replace_a_value(values, chance, WILD)
    return json.dumps(values).encode()


def replace_a_value(values: Any, chance: random.Random, wild: Sequence[Any]) -> None:
    """Put something wild in the place of one value, however deep."""
    places: list[tuple[Any, Any]] = []

    def look(inner: Any) -> None:
        keys = inner.keys() if isinstance(inner, dict) else range(len(inner))
        for key in keys:
            places.append((inner, key))
            if isinstance(inner[key], dict | list):
                look(inner[key])

    look(values)
    if places:
        inner, key = chance.choice(places)
        inner[key] = deepcopy(chance.choice(wild))


def _many_pixels(chance: random.Random) -> bytes:
    """Return a PNG that says a small size and then a large one."""
    side = chance.choice((1000, 5000, 20_000))
    return png_of_two_sizes((16, 16), (side, side), rows=side)


def _many_runs(chance: random.Random) -> bytes:
    """Return a bitmap in which each pixel is a run of its own."""
    side, runs = 5000, b"\x01\x07" * chance.choice((1000, 1_000_000, 4_000_000))
    start = 54 + 1024
    header = struct.pack("<IHHI", start + len(runs), 0, 0, start)
    described = struct.pack("<IiiHHIIiiII", 40, side, side, 1, 8, 1, len(runs), 0, 0, 256, 0)
    return b"BM" + header + described + bytes(1024) + runs


def _many_parts(chance: random.Random) -> bytes:
    """Return a picture with a great many segments, chunks or blocks before its pixels."""
    jpeg, gif, png = BytesIO(), BytesIO(), BytesIO()
    for file, file_format in ((jpeg, "JPEG"), (gif, "GIF"), (png, "PNG")):
        Image.effect_noise((40, 40), 60).save(file, file_format)
    whole, place, part = chance.choice(
        (
            (jpeg.getvalue(), 2, b"\xff\xfe\x00\x02"),
            (jpeg.getvalue(), 2, b"\xff"),
            (gif.getvalue(), gif.getvalue().index(b",", 13), b"!\xfe\x01a\x00"),
            (png.getvalue(), 33, bytes(4) + b"abCd" + struct.pack(">I", zlib.crc32(b"abCd"))),
        )
    )
    parts = part * chance.choice((100, 10_000, 2_000_000))
    return whole[:place] + parts + whole[place:]


def _doubling_names(chance: random.Random) -> bytes:
    """Return an archive in which a name is a pair of the same pair of the same pair."""
    shared = b")q\x00" + b"h\x00h\x00\x86q\x00" * chance.choice((10, 24, 60))
    storage = b"(X\x07\x00\x00\x00storagectorch\nFloatStorage\nh\x00X\x03\x00\x00\x00cpuK\x10tQ"
    tensor = b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + b"K\x00K\x01\x85K\x01\x85\x89NtR"
    called = b"X\x01\x00\x00\x00a\x93"  # what `module name` says, as protocol 4 has it
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("a/data.pkl", b"\x80\x04" + shared + chance.choice((tensor, called)) + b".")
    return made.getvalue()


def _with_spoilt_description(whole: bytes, chance: random.Random) -> bytes:
    """Return an archive whose sums are right, and whose description of the weights is not."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, spoilt(content, chance) if name.endswith(".pkl") else content)
    return made.getvalue()
