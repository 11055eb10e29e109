"""Files that look like checkpoints: read as torch reads them, or refused for little."""

import pickle
import random
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import torch
from torch import nn

from mnistcore.errors import InvalidInputError
from mnistcore.models import torch_file
from mnistcore.models.model import build_network
from mnistcore.models.torch_file import read_torch_file
from mnistcore.models.torch_pickle import follow_pickle
from tests.bounds import within_bounds

SEED = 17


def saved(content: Any, protocol: int = 2) -> bytes:
    file = BytesIO()
    torch.save(content, file, pickle_protocol=protocol)
    return file.getvalue()


def archive(
    description: bytes, records: dict[str, bytes] | None = None, kind: int = zipfile.ZIP_STORED
) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", kind) as made:
        made.writestr("archive/data.pkl", description)
        for name, content in {"data/0": bytes(64), **(records or {})}.items():
            made.writestr(f"archive/{name}", content)
    return file.getvalue()


def same(one: Any, other: Any) -> bool:
    if isinstance(one, torch.Tensor):
        return one.dtype == other.dtype and torch.equal(one, other)
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def trained_state() -> dict[str, Any]:
    model = build_network("mynet", seed=1)
    optimizer = torch.optim.Adam(model.parameters())
    model(torch.rand(2, 1, 28, 28)).sum().backward()
    optimizer.step()
    return {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": 1}


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
@pytest.mark.parametrize(
    "content",
    [
        trained_state(),
        OrderedDict(build_network("drawing-net", seed=1).state_dict()),
        {"a": nn.Parameter(torch.rand(2, 3)).detach().T, "b": torch.rand(4, 4)[1:, 2:], "c": ()},
        {n: torch.arange(3).to(d) for n, d in enumerate(torch_file.DTYPES.values())},
        [None, True, -1, 2**62, 0.5, "é", ("x", [1])],
        {"empty": torch.zeros(0, 3), "one": torch.tensor(7.0)},
    ],
)
def test_what_torch_saves_is_read_as_torch_reads_it(content: Any, protocol: int) -> None:
    file = saved(content, protocol)

    # `weights_only` knows no protocol above 2.
    assert same(read_torch_file(file), torch.load(BytesIO(file), weights_only=protocol == 2))


def test_parameters_are_read_as_their_numbers() -> None:
    weight = nn.Parameter(torch.rand(3))

    assert torch.equal(read_torch_file(saved({"w": weight}))["w"], weight.detach())


def asks(what: str, *arguments: Any) -> bytes:
    """A pickle that calls something of Python's or PyTorch's."""
    text = f"c{what}\n".replace(" ", "\n").encode()
    return b"\x80\x02" + text + pickle.dumps(arguments, 2)[2:-1] + b"R."


def strided(size: Any, stride: Any, offset: Any = 0, kind: str = "FloatStorage") -> bytes:
    """A pickle that asks for a tensor of the archive's 64 bytes."""
    storage = f"(X\x07\x00\x00\x00storagectorch\n{kind}\nX\x01\x00\x00\x000".encode()
    name = b"ctorch._utils\n_rebuild_tensor_v2\n"
    # The tuple of arguments: the storage, then those above, one after another.
    parts = b"".join(pickle.dumps(one, 2)[2:-1] for one in (offset, size, stride, False))
    return b"\x80\x02" + name + b"(" + storage + b"X\x03\x00\x00\x00cpuK\x10tQ" + parts + b"tR."


def shared(levels: int) -> bytes:
    """Steps that make a pair of the same pair of the same pair: endless, if it is written out."""
    return b")q\x00" + levels * b"h\x00h\x00\x86q\x00"


def test_the_pickles_of_these_tests_can_be_read() -> None:
    assert read_torch_file(archive(strided((4, 4), (4, 1)))).shape == (4, 4)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "58 bytes that ask for terabytes": lambda: asks("torch FloatStorage", 10**13),
    "the same in an archive": lambda: archive(asks("torch FloatStorage", 10**13)),
    "an array of bytes": lambda: archive(asks("builtins bytearray", 10**13)),
    "a tensor": lambda: archive(asks("torch Tensor", 10**6, 10**6)),
    "more numbers than there are": lambda: archive(strided((10**13,), (1,))),
    "one number, many times": lambda: archive(strided((10**13,), (0,))),
    "beyond the storage": lambda: archive(strided((4,), (100,))),
    "behind the storage": lambda: archive(strided((4,), (1,), 14)),
    "before the storage": lambda: archive(strided((4,), (1,), -4)),
    "a size of no number": lambda: archive(strided(("x",), (1,))),
    "a size of another length": lambda: archive(strided((4, 4), (1,))),
    "an unknown storage": lambda: archive(strided((4,), (1,), kind="QInt8Storage")),
    "a long array claimed": lambda: archive(b"\x80\x05\x96" + (10**13).to_bytes(8, "little")),
    "a deep nest": lambda: archive(b"\x80\x02" + b"]" * 400_000 + b"a" * 399_999 + b"."),
    "deep tuples as names": lambda: archive(b"\x80\x02})" + b"\x85" * 400_000 + b"Ns."),
    "a nest that doubles": lambda: archive(
        b"\x80\x02]q\x00" + b"".join(b"](h%ch%ceq%c" % (n, n, n + 1) for n in range(90)) + b"."
    ),
    "a name that doubles": lambda: archive(b"\x80\x04" + shared(24) + b"X\x01\x00\x00\x00a\x93."),
    "a record's name that doubles": lambda: archive(
        b"\x80\x02" + shared(24) + strided((4,), (1,))[2:].replace(b"X\x01\x00\x00\x000", b"h\x00")
    ),
    "many large dimensions": lambda: archive(strided((2**62,) * 150_000, (1,) * 150_000)),
    "itself": lambda: archive(b"\x80\x02]q\x00h\x00a."),
    "many steps": lambda: archive(b"\x80\x02" + b"N0" * 1_400_000 + b"N."),
    "a large number": lambda: archive(b"\x80\x02\x8a\xff" + b"\x7f" * 255 + b"."),
    "a long text": lambda: archive(pickle.dumps("x" * 2_000_000, 2)),
    "half a character": lambda: archive(pickle.dumps({"a\ud800": "\udc80"}, 2)),
    "a compressed archive": lambda: archive(bytes(10**8), kind=zipfile.ZIP_DEFLATED),
    "no description": lambda: archive(b"").replace(b"data.pkl", b"nata.pkl"),
    "another machine's order": lambda: archive(strided((4,), (1,)), {"byteorder": b"big"}),
    "many records": lambda: archive(b"N.", {f"r{n}": b"" for n in range(21_000)}),
    "no end": lambda: archive(b"\x80\x02N"),
    "nothing to take": lambda: archive(b"\x80\x020."),
    "nothing": lambda: b"",
    "code": lambda: archive(asks("os system", "touch hostile")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_for_little(name: str) -> None:
    content = HOSTILE[name]()

    with within_bounds(name), pytest.raises(InvalidInputError):
        read_torch_file(content)


def test_hundreds_of_damaged_files_are_read_whole_or_refused() -> None:
    chance, whole = random.Random(SEED), saved(trained_state())
    outcomes = set()
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 1, 4, 40))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        cut = chance.choice((None, None, chance.randrange(len(content))))
        try:
            read_torch_file(bytes(content[:cut]))
            outcomes.add("read")
        except InvalidInputError as error:
            outcomes.add(str(error))

    assert len(outcomes) > 1


def test_hundreds_of_damaged_descriptions_are_read_whole_or_refused() -> None:
    """Inside the archive's sums, which would tell of most damage."""
    chance = random.Random(SEED)
    with zipfile.ZipFile(BytesIO(saved(trained_state()))) as file:
        description = file.read("archive/data.pkl")
        records = {n.removeprefix("archive/"): file.read(n) for n in file.namelist()[3:]}
    assert follow_pickle(description)
    num_refused = 0
    for _ in range(300):
        content = bytearray(description)
        for _ in range(chance.choice((1, 1, 3))):
            content[chance.randrange(len(content))] = chance.choice(b"\x00\xff}])NRtQabus.(0123456")
        try:
            read_torch_file(archive(bytes(content), records))
        except InvalidInputError:
            num_refused += 1

    assert num_refused > 100
