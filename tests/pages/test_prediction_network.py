import pickle
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import mnistcore
from mnistcore.models.checkpoint import Checkpoint, save_checkpoint
from mnistcore.models.model import build_network
from mnistcore.runs import all_runs
from mnistcore.training.recipes import RECIPES
from tests.pages.conftest import OpenPage
from tests.pages.prediction_page import PAGE, answer, draw
from ui.networks import UPLOAD


def test_a_run_of_ones_own_can_be_picked(open_page: OpenPage) -> None:
    run = all_runs.create_run("mine", network="mynet", recipe=RECIPES["article"])
    save_checkpoint(
        run.checkpoint, Checkpoint("mynet", build_network("mynet", seed=1).state_dict())
    )
    page = open_page(PAGE)

    page.selectbox(key="network").select("mine").run()

    assert not page.exception
    assert page.selectbox(key="network").options == [
        "DrawingNet",
        "MyNet",
        "mine",
        UPLOAD.label,
    ]


def test_a_damaged_checkpoint_is_a_sentence(open_page: OpenPage) -> None:
    run = all_runs.create_run("mine", network="mynet", recipe=RECIPES["article"])
    run.checkpoint.write_bytes(b"half a file")
    page = open_page(PAGE)

    page.selectbox(key="network").select("mine").run()

    assert not page.exception
    assert "cannot be used as a checkpoint" in page.error[0].value


def open_upload(open_page: OpenPage) -> AppTest:
    page = open_page(PAGE)
    page.selectbox(key="network").select(UPLOAD.address).run()
    assert not page.exception
    return page


def test_a_file_of_ones_own_reads(open_page: OpenPage) -> None:
    page = open_upload(open_page)
    assert not page.main.get("bidi_component")  # nothing can be read before there is a file
    content = (Path(mnistcore.__file__).parent / "weights" / "mynet.pt").read_bytes()

    page.file_uploader(key="checkpoint_file").upload("own.pth", content).run()
    draw(page, 7)

    assert answer(page) == "7"


class Trap:
    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("trap-was-sprung"),)


@pytest.mark.parametrize(
    "content",
    [b"", b"half a file", pickle.dumps(Trap(), protocol=2)],
    ids=["empty", "torn", "trap"],
)
def test_a_file_that_is_no_checkpoint_is_a_sentence(open_page: OpenPage, content: bytes) -> None:
    page = open_upload(open_page)

    page.file_uploader(key="checkpoint_file").upload("own.pth", content).run()

    assert not page.exception
    assert "own.pth cannot be used as a checkpoint" in page.error[0].value
    assert not Path("trap-was-sprung").exists()


@pytest.mark.parametrize("allowed", [True, False])
def test_files_are_taken_where_the_operator_takes_them(
    allowed: bool, open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mnistcore.toml").write_text(f"uploads = {str(allowed).lower()}\n")
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(tmp_path / "mnistcore.toml"))

    page = open_page("pages/prediction.py", network="~upload")

    assert bool(page.get("file_uploader")) == allowed
    assert any("takes no files" in said.value for said in page.caption) != allowed
