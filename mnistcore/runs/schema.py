"""What may stand in each small file of a run's folder: dataclasses that every reader goes through.

`files.read_json` checks types and limits. What does not fit makes a file damaged, and disturbs no
other run. Of events see `events` and `training.events`, of arrays `snapshot`, of weights
`models.checkpoint`. Imports no torch.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta

from mnistcore.drawings.drawing_files import MAX_DRAWINGS
from mnistcore.errors import InvalidInputError
from mnistcore.files import Kind, as_kind, damaged, read_json
from mnistcore.models.catalogue import Network, checked_network
from mnistcore.runs.kept_sentence import KeptSentence
from mnistcore.training.recipes import Recipe, check_setting, known_settings

DEVICES = ("auto", "cpu", "cuda", "mps")
PhaseName = Literal["waiting", "running", "paused"]
Ending = Literal["finished", "stopped", "failed"]

NumThreads = Annotated[int, Meta(ge=1, le=1024)]
Seconds = Annotated[float, Meta(ge=0, le=1e11)]  # since 1970


@dataclass(frozen=True)
class OwnDrawings:
    """What is said in `config.json` of `drawings.json`, where a run has such a file.

    Attributes:
        number: How many drawings it holds.
        checksum: The file's SHA-256.
    """

    number: Annotated[int, Meta(ge=1, le=MAX_DRAWINGS)]
    checksum: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True)
class Config:
    """`config.json`: what was asked for.

    Attributes:
        network: What is trained, see `models.catalogue`.
        recipe: How.
        device: `auto` until the run first starts.
        num_threads: Of the CPU, in each process.
        versions: Of what a result can depend on, when the run was made.
        created: In seconds since 1970; 0 if it is not known.
        owner: What tells whoever started it from others; empty if that does not matter.
        own_drawings: What it learns from beside the recipe's data; None if nothing.
    """

    network: Network
    recipe: Recipe
    device: str = "auto"
    num_threads: NumThreads = 1
    versions: dict[str, str] = field(default_factory=dict)
    created: Seconds = 0
    owner: Annotated[str, Meta(max_length=64)] = ""
    own_drawings: OwnDrawings | None = None

    def __post_init__(self) -> None:
        checked_network(self.network)
        if self.device not in DEVICES:
            raise InvalidInputError(
                "There is no device {device!r}. Choose {devices}.",
                device=self.device,
                devices=" or ".join(DEVICES),
            )


@dataclass(frozen=True)
class Started:
    """`started.json`: when a process was last started, in seconds since 1970."""

    time: Seconds


@dataclass(frozen=True)
class HandedOver:
    """In `.standby.requests`, among the runs: which one is handed over, and when, since 1970."""

    run: Annotated[str, Meta(max_length=64)]
    time: Seconds


@dataclass(frozen=True)
class Phase:
    """`phase.json`: what the living process does, and since when it has been in line, if it is."""

    phase: PhaseName
    since: Annotated[int, Meta(ge=0)] | None = None


@dataclass(frozen=True)
class Outcome(KeptSentence):
    """`outcome.json`: how a run ended; the message is empty if it ended as it should."""

    status: Ending = field(kw_only=True)


@dataclass(frozen=True)
class LearningRateRequest:
    """`learning_rate.json`: the rate that the schedule is asked to vary from now on."""

    learning_rate: float

    def __post_init__(self) -> None:
        check_setting("learning_rate", self.learning_rate)


def read_config(path: Path) -> Config | None:
    """Return a run's configuration, or None where there is none.

    Raises:
        InvalidInputError: The file is damaged.

    >>> read_config(Path("there-is-no-such-file")) is None
    True
    """
    try:
        stands = path.stat()
    except OSError:
        return None
    return _read_config(path, (stands.st_ino, stands.st_size, stands.st_mtime_ns))


@lru_cache(maxsize=1000)
def _read_config(path: Path, version: tuple[int, int, int]) -> Config | None:
    """Read it once for as long as it stands: every page asks for every run's, again and again."""
    content = read_json(path, dict[str, Any])
    if content is None:
        return None
    try:
        return as_kind({**content, "recipe": known_settings(content.get("recipe"))}, Config)
    except InvalidInputError as error:
        raise damaged(path, error) from None


def read_if_whole(path: Path, kind: type[Kind]) -> Kind | None:
    """Return what a file holds that can be done without: None where it is missing or damaged.

    >>> read_if_whole(Path("there-is-no-such-file"), Started) is None
    True
    """
    try:
        return read_json(path, kind)
    except InvalidInputError:
        return None
