"""Every place for a file is one that whoever runs the app can close."""

import re
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
PLACE = re.compile(r"\bst\.(file_uploader|camera_input|audio_input|chat_input)\(")


def test_files_are_taken_in_one_place() -> None:
    files = [*(PROJECT / "ui").rglob("*.py"), *(PROJECT / "pages").glob("*.py")]

    assert [path.name for path in files if PLACE.search(path.read_text("utf-8"))] == []
