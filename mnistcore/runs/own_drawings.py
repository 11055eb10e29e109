"""The drawings that a run learns from beside MNIST, kept in its folder as "Correct me" saves them.

Imports no torch.
"""

import hashlib
from collections.abc import Sequence

from mnistcore.drawings.drawing_files import LabelledDrawing, from_json, to_json
from mnistcore.errors import InvalidInputError
from mnistcore.files import damaged, open_file, written_whole
from mnistcore.runs.folder import Run
from mnistcore.runs.schema import OwnDrawings


def keep_own_drawings(run: Run, drawings: Sequence[LabelledDrawing]) -> OwnDrawings | None:
    """Write drawings into a run's folder; return what its configuration says of them.

    Args:
        run: Whose folder is there already.
        drawings: At most 1,000; with none, nothing is written.

    Raises:
        InvalidInputError: One of them cannot be used.
    """
    if not drawings:
        return None
    content = to_json(drawings).encode()
    from_json(content)  # so that what is begun can be gone on with
    with written_whole(run.own_drawings) as aside:
        aside.write_bytes(content)
    return OwnDrawings(len(drawings), hashlib.sha256(content).hexdigest())


def read_own_drawings(run: Run) -> list[LabelledDrawing]:
    """Return the drawings that a run learns from; an empty list if it has none.

    Raises:
        InvalidInputError: The run cannot be used, or its drawings are not those of its beginning.
    """
    expected = run.config.own_drawings
    if expected is None:
        return []
    try:
        with open_file(run.own_drawings) as file:
            content = file.read()
        if hashlib.sha256(content).hexdigest() != expected.checksum:
            raise InvalidInputError("it is not the file that the run began with")
        return from_json(content)
    except (OSError, InvalidInputError) as error:
        raise damaged(run.own_drawings, error) from None
