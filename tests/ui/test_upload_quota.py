"""Files of all visitors together: those for which there is room are kept, the others told of."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from websockets.sync.client import connect
from websockets.typing import Origin

from mnistcore.errors import InvalidInputError
from tests.browser.server import running_process
from tests.pages.conftest import OpenPage, visit
from tests.pictures import picture
from ui.torch_import import import_torch
from ui.upload_quota import MOST_FILES, REFUSED, LimitedFileManager, check_was_kept, limit

MEGABYTE = 1_000_000


@pytest.fixture
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "mnistcore.toml"
    path.write_text("most_upload_megabytes = 2.5\n")
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(path))
    return path


@pytest.fixture
def manager(settings_file: Path) -> LimitedFileManager:
    manager = MemoryUploadedFileManager("/upload")
    limit(manager)
    assert isinstance(manager, LimitedFileManager)
    return manager


def put(manager: LimitedFileManager, visitor: str, name: str, num_bytes: int = MEGABYTE) -> bool:
    """Send a file; tell whether it was kept."""
    manager.add_file(visitor, UploadedFileRec(name, name, "image/png", bytes(num_bytes)))
    [kept] = manager.get_files(visitor, [name])
    assert len(kept.data) == (0 if kept.type == REFUSED else num_bytes)
    return kept.type != REFUSED


def test_files_of_all_visitors_share_the_room(manager: LimitedFileManager) -> None:
    assert [put(manager, visitor, "one") for visitor in "abc"] == [True, True, False]
    assert manager.num_bytes() == 2 * MEGABYTE

    manager.remove_session_files("a")
    assert put(manager, "c", "another")


@pytest.mark.parametrize("text", ["uploads = false", "no settings at all"])
def test_nothing_is_kept_where_no_files_are_taken(
    manager: LimitedFileManager, settings_file: Path, text: str
) -> None:
    settings_file.write_text(text)

    assert not put(manager, "a", "one", num_bytes=1)


def test_one_visitor_has_so_many_files(manager: LimitedFileManager) -> None:
    for number in range(MOST_FILES):
        put(manager, "a", str(number), num_bytes=0)

    with pytest.raises(HTTPException, match="100 files already"):
        put(manager, "a", "one more", num_bytes=0)
    assert put(manager, "b", "one")


def test_a_file_that_was_not_kept_is_told_of(settings_file: Path) -> None:
    check_was_kept("image/png")

    with pytest.raises(InvalidInputError, match=r"all visitors' files together may take 2\.5 MB"):
        check_was_kept(REFUSED)


@pytest.mark.parametrize(
    ("path", "address", "key", "suffix"),
    [
        ("pages/prediction.py", {"view": "photo"}, "picture", "png"),
        ("pages/prediction.py", {"network": "~upload"}, "checkpoint_file", "pt"),
        ("pages/prediction.py", {}, "drawings_file", "json"),
        ("pages/network.py", {"inside_kind": "file"}, "inside_file", "png"),
        ("pages/calculator.py", {"calculation": "network"}, "network_file", "json"),
    ],
)
def test_every_place_for_a_file_tells_of_it(
    path: str,
    address: dict[str, str],
    key: str,
    suffix: str,
    open_page: OpenPage,
    settings_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "streamlit.testing.v1.local_script_runner.MemoryUploadedFileManager", LimitedFileManager
    )
    settings_file.write_text("most_upload_megabytes = 0\n")
    page = open_page(path, **address)

    page.file_uploader(key=key).upload(f"a.{suffix}", picture(5, "PNG")).run()

    assert not page.exception
    assert any("There is no room for this file" in error.value for error in page.error)


@pytest.fixture
def open_page(runs_folder: Path, settings_file: Path) -> Iterator[OpenPage]:
    import_torch()
    yield visit


@pytest.mark.slow
def test_the_server_keeps_no_more_than_there_is_room_for(tmp_path: Path) -> None:
    settings = tmp_path / "mnistcore.toml"
    settings.write_text("most_upload_megabytes = 2.5\n")

    with running_process(tmp_path / "log.txt", MNISTCORE_SETTINGS=str(settings)) as (address, _):
        statuses = send(address)
        with urllib.request.urlopen(f"{address}/_stcore/metrics") as answer:
            metrics = answer.read().decode()

    assert statuses == [204] * 4
    [kept] = [line for line in metrics.splitlines() if "UploadedFileManager" in line]
    assert float(kept.split()[-1]) == 2 * MEGABYTE


def send(address: str) -> list[int]:
    """Open a page and send four files of a megabyte; return the answers' statuses."""
    url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(url, max_size=None, origin=Origin(address)) as connection:
        message = BackMsg()
        message.rerun_script.page_name = "calculator"
        connection.send(message.SerializeToString())
        session = ""
        for received in connection:
            assert isinstance(received, bytes)
            told = ForwardMsg.FromString(received)
            if told.HasField("new_session"):
                session = told.new_session.initialize.session_id or session
            if told.HasField("script_finished"):
                break
        return [upload(address, session, f"file{number}") for number in range(4)]


def upload(address: str, session: str, name: str) -> int:
    """Send a file of a megabyte as a page does; return the answer's status."""
    with urllib.request.urlopen(f"{address}/_stcore/health") as answer:
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    form = (
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n'
        b"Content-Type: image/png\r\n\r\n" + bytes(MEGABYTE) + b"\r\n--edge--\r\n"
    )
    request = urllib.request.Request(
        f"{address}/_stcore/upload_file/{session}/{name}",
        form,
        {
            "Content-Type": "multipart/form-data; boundary=edge",
            "Cookie": cookie,
            "X-Xsrftoken": cookie.partition("=")[2].strip('"'),
        },
        method="PUT",
    )
    with urllib.request.urlopen(request) as answer:
        status: int = answer.status
        return status
