"""How to train: the settings of a training; what a schedule makes of them, `schedules` tells.

Imports no torch: whoever only fills in a recipe does not wait for it.
"""

from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from mnistcore.errors import InvalidInputError
from mnistcore.files import as_kind

Schedule = Literal["constant", "one-cycle", "cosine"]
Optimizer = Literal["Adam", "AdamW", "Muon", "SGD"]
Data = Literal["mnist", "mnist and drawings"]
Precision = Literal["auto", "float32", "bfloat16"]

MOMENTUM = 0.9  # of SGD

CHOICES: dict[str, tuple[str, ...]] = {
    "schedule": get_args(Schedule),
    "optimizer": get_args(Optimizer),
    "data": get_args(Data),
    "precision": get_args(Precision),
}
LIMITS: dict[str, tuple[float, float]] = {
    "epochs": (1, 1000),
    "batch_size": (2, 10_000),  # BatchNorm needs two images to have a variance
    "learning_rate": (1e-6, 1.0),
    "weight_decay": (0, 1),
    "label_smoothing": (0, 0.9),
    "augmentation": (0, 1),
    "thickening": (0, 1),
    "seed": (0, 2**31 - 1),
}


def check_setting(name: str, value: float) -> None:
    """Refuse a number outside its limits.

    Args:
        name: A key of `LIMITS`.
        value: The number.

    Raises:
        InvalidInputError: It is outside.

    >>> check_setting("epochs", 0)
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: `epochs` is 0. Choose from 1 to 1000.
    """
    low, high = LIMITS[name]
    if not low <= value <= high:  # false for nan as well
        raise InvalidInputError(
            "`{name}` is {value}. Choose from {low} to {high}.",
            name=name,
            value=value,
            low=low,
            high=high,
        )


@dataclass(frozen=True)
class Recipe:
    """How to train; what is learned comes from the data, what is random from the seed.

    Attributes:
        epochs: How often every training image is seen.
        batch_size: Images to a step.
        learning_rate: The highest one where the schedule varies it.
        schedule: `constant`; `one-cycle`: up for a fifth of the steps, then down to zero along a
            cosine; or `cosine`: down to zero from the first step.
        augmentation: 0 (none) to 1 (see `augmentation.random_affine`).
        seed: Of the initial weights, of the order of the images, of augmentation and dropout.
        optimizer: A name in `torch.optim`; SGD with momentum 0.9, Muon with AdamW beside it (see
            `optimizers.MuonAndAdamW`).
        weight_decay: As the optimizer has it: AdamW's and Muon's apart from the gradient, Adam's
            and SGD's in it.
        label_smoothing: As in `torch.nn.CrossEntropyLoss`, in training only.
        thickening: 0 (none) to 1 (see `augmentation.random_thickness`).
        data: What is learned from: MNIST, or MNIST and generated drawings, things that are no
            digit among them, which takes a network with eleven outputs.
        precision: Of the products in a step; `bfloat16` doubles the speed on CPUs that have it,
            which is when `auto` takes it.
        rules: How seed and schedule are read: 2, or 1 as in runs begun before there were others,
            whose seed changed the initial weights alone and whose last step had rate 0.
    """

    epochs: int
    batch_size: int
    learning_rate: float
    schedule: Schedule
    augmentation: float
    seed: int = 1
    optimizer: Optimizer = "Adam"
    weight_decay: float = 0
    label_smoothing: float = 0
    thickening: float = 0
    data: Data = "mnist"
    precision: Precision = "float32"
    rules: int = 2

    def __post_init__(self) -> None:
        for name in LIMITS:
            check_setting(name, getattr(self, name))
        for name, known in CHOICES.items():
            if (value := getattr(self, name)) not in known:
                raise InvalidInputError(
                    "There is no {name} {value!r}. Choose {known}.",
                    name=name,
                    value=value,
                    known=" or ".join(f"`{k}`" for k in known),
                )
        if self.rules not in (1, 2):
            raise InvalidInputError(
                "There are no rules {rules!r} for seed and schedule. Choose 2, or 1 for the "
                "training of a run from before.",
                rules=self.rules,
            )


RECIPES = {
    # As published: Adam with its defaults, every epoch alike.
    "article": Recipe(
        epochs=5, batch_size=100, learning_rate=1e-3, schedule="constant", augmentation=0
    ),
    # As good in one epoch as the article's in five.
    "default": Recipe(
        epochs=1,
        batch_size=125,
        learning_rate=1.5e-2,
        schedule="one-cycle",
        augmentation=0,
        label_smoothing=0.03,
        precision="auto",
    ),
    # What most of the examples that are around reach, in half a minute.
    "quick": Recipe(
        epochs=6,
        batch_size=125,
        learning_rate=1.5e-2,
        schedule="one-cycle",
        augmentation=0.5,
        precision="auto",
    ),
    # As good as MyNet becomes in a few minutes.
    "thorough": Recipe(
        epochs=40,
        batch_size=250,
        learning_rate=1e-2,
        schedule="one-cycle",
        augmentation=0.8,
    ),
    # For `deep-net`, which has ten times the parameters.
    "deep": Recipe(
        epochs=26,
        batch_size=250,
        learning_rate=2.5e-3,
        schedule="one-cycle",
        augmentation=1,
        thickening=0.5,
        optimizer="Muon",
        weight_decay=0.2,
        precision="auto",
    ),
    # For `drawing-net`: what people draw, and what they draw that is no digit.
    "drawing": Recipe(
        epochs=24,
        batch_size=250,
        learning_rate=3e-3,
        schedule="one-cycle",
        augmentation=1,
        thickening=1,
        optimizer="AdamW",
        weight_decay=0.02,
        data="mnist and drawings",
        precision="auto",
    ),
}


def recipe_from_dict(settings: dict[str, Any]) -> Recipe:
    """Return the recipe of a run's configuration; one that names no rules was begun under 1.

    Raises:
        InvalidInputError: A setting is missing, unknown, of another type, or outside its limits.

    >>> settings = {"epochs": 3, "batch_size": 100, "learning_rate": 0.01, "augmentation": 0}
    >>> recipe_from_dict({**settings, "schedule": "cosine"}).rules
    1
    """
    return as_kind(known_settings(settings), Recipe)


def known_settings(settings: object) -> dict[str, Any]:
    """Return a recipe's settings as they stand in a file, with rules 1 where none are named.

    Raises:
        InvalidInputError: They are no dictionary, or this version does not know one of them: a
            training without it would be another one.

    >>> known_settings({"momentum": 0.9})
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: There is no setting 'momentum' in a recipe of this version.
    """
    if not isinstance(settings, dict):
        raise InvalidInputError(
            "The recipe is no dictionary but {settings!r}.", settings=str(settings)[:40]
        )
    known = [own.name for own in fields(Recipe)]
    if unknown := [name for name in settings if name not in known]:
        raise InvalidInputError(
            "There is no setting {unknown!r} in a recipe of this version.", unknown=unknown[0]
        )
    return {"rules": 1, **settings}
