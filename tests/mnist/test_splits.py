import os
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import torch
from torchvision import transforms
from torchvision.datasets import MNIST

from mnistcore.errors import InvalidInputError
from mnistcore.mnist import splits

ARCHIVES = sorted((splits.PROJECT_DATA / "MNIST" / "raw").glob("*.gz"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data folder with the four archives, not unpacked."""
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for archive in ARCHIVES:
        shutil.copyfile(archive, raw / archive.name)
    return tmp_path


@pytest.mark.parametrize(("name", "size"), [("train", 55_000), ("valid", 5_000), ("test", 10_000)])
def test_splits_have_their_sizes(name: splits.SplitName, size: int) -> None:
    split = splits.load_split(name)

    assert split.images.shape == (size, 28, 28)
    assert split.images.dtype == torch.uint8
    assert split.labels.shape == (size,)
    assert split.labels.dtype == torch.int64


def test_train_and_valid_are_torchvisions_training_images_in_order() -> None:
    whole = MNIST(splits.find_root(), train=True)

    train, valid = splits.load_split("train"), splits.load_split("valid")

    assert torch.equal(torch.cat([train.images, valid.images]), whole.data)
    assert torch.equal(torch.cat([train.labels, valid.labels]), whole.targets)


def test_archives_are_unpacked_without_a_network(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MNIST, "mirrors", [f"{root.as_uri()}/nowhere/"])

    assert len(splits.load_split("test", root)) == 10_000


def test_a_torn_unpacked_file_is_unpacked_again(root: Path) -> None:
    splits.load_split("test", root)
    images = root / "MNIST" / "raw" / "t10k-images-idx3-ubyte"
    images.write_bytes(images.read_bytes()[:1000])

    assert len(splits.load_split("test", root)) == 10_000


def test_a_missing_archive_is_named_with_its_place(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MNIST, "mirrors", [f"{root.as_uri()}/nowhere/"])
    (root / "MNIST" / "raw" / "t10k-labels-idx1-ubyte.gz").unlink()

    with pytest.raises(InvalidInputError, match=r"t10k-labels-idx1-ubyte\.gz \(missing\)"):
        splits.load_split("test", root)


def test_a_damaged_archive_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MNIST, "mirrors", [f"{root.as_uri()}/nowhere/"])
    (root / "MNIST" / "raw" / "t10k-images-idx3-ubyte.gz").write_bytes(b"not gzip")

    with pytest.raises(InvalidInputError, match=r"t10k-images-idx3-ubyte\.gz \(damaged\)"):
        splits.load_split("test", root)


@pytest.fixture
def mirror() -> Iterator[str]:
    """Serve the archives as torchvision's mirrors do, on this machine."""
    handler = partial(SilentHandler, directory=str(ARCHIVES[0].parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class SilentHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def test_a_missing_archive_is_fetched_from_a_mirror(
    root: Path, mirror: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MNIST, "mirrors", [mirror])
    (root / "MNIST" / "raw" / "t10k-labels-idx1-ubyte.gz").unlink()

    assert len(splits.load_split("test", root)) == 10_000


def test_a_read_only_checkout_is_unpacked_into_the_users_cache(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splits, "PROJECT_DATA", root)
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    monkeypatch.setattr(splits, "_user_cache", lambda: tmp_path / "cache")

    split = splits.load_split("test")

    assert len(split) == 10_000
    assert (tmp_path / "cache" / "MNIST" / "raw" / "t10k-images-idx3-ubyte").exists()
    assert not (root / "MNIST" / "raw" / "t10k-images-idx3-ubyte").exists()


def test_an_unknown_split_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="no split 'dev'"):
        splits.load_split("dev")  # type: ignore[arg-type]


def test_to_input_is_what_totensor_and_normalize_make() -> None:
    image = splits.load_split("test").images[0]
    article = transforms.Compose([transforms.ToTensor(), transforms.Normalize([0.5], [0.5])])

    made = splits.to_input(image[None])[0]

    torch.testing.assert_close(made, article(image.numpy()))
