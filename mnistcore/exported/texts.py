"""What the files to take home say, by names: in English here, in any language from who asks.

Who has translations gives these with the same names; braces stand for values. The library has none
of its own: `web/zh.json` is what the catalogue of the pages says of these texts, and
`python -m tests.catalogue` keeps it so.
"""

import json
from collections.abc import Mapping

from mnistcore.errors import InvalidInputError
from mnistcore.files import PACKAGE
from mnistcore.sentences import Sentence
from mnistcore.training.setting_texts import EXPLANATIONS

Texts = Mapping[str, str]

ENGLISH = "en"
TRANSLATED = {"zh": PACKAGE / "exported" / "web" / "zh.json"}  # from English, text by text
LANGUAGES = (ENGLISH, *TRANSLATED)

PAGE: Texts = {
    "language": Sentence("en"),  # as HTML calls it
    "name": Sentence("{title} reads digits"),
    "about": Sentence(
        "{title}, a network of {num_params:,} numbers, reads while you write. It lives in this "
        "file alone: nothing is sent anywhere."
    ),
    "draw": Sentence("Draw a digit"),
    "canvas": Sentence("Canvas to draw a digit on"),
    "clear": Sentence("Clear"),
    "pixels": Sentence("The 28 by 28 pixels that the network is given"),
    "seen": Sentence("28×28, as the network sees it"),
    "maps": Sentence("What the layers make of it"),
    "layer": Sentence("Convolution {number}: {channels} maps of {height}×{width}"),
    "doubt": Sentence("This does not look like a digit to it."),
    "script": Sentence("This page needs JavaScript."),
}

REPORT: Texts = {
    "language": Sentence("en"),
    "title": Sentence("{name}: report of a run"),
    "result": Sentence(
        "{accuracy} of MNIST's {num_images:,} test images are read right (95 % interval "
        "{interval}, by Wilson) by {network}."
    ),
    "asked": Sentence("What was asked for"),
    "went": Sentence("How it went"),
    "repeat": Sentence("To repeat it"),
    "each": Sentence("Digit by digit"),
    "digit": Sentence("digit"),
    "right": Sentence("read right"),
    "accuracy": Sentence("accuracy"),
    "interval": Sentence("95 % interval"),
    "confusion": Sentence("What was read as what"),
    "rows": Sentence("A row for each digit as it is labelled, a column for each as it was read."),
    "worst": Sentence("The worst mistakes, the surest first"),
    "none": Sentence("There are none."),
    "mistake": Sentence("{label} read as {prediction}, {share:.0%}"),
    "of": Sentence("{num_correct:,} of {num_images:,}"),
    "to": Sentence("{low:.2%} to {high:.2%}"),
    "loss": Sentence("Loss of the training batches, smoothed"),
    "valid": Sentence("Accuracy on the validation split, %, by epoch"),
    "begun": Sentence("begun"),
    "steps": Sentence("steps"),
    "drawings": Sentence("drawings.json lies in the run's folder."),
    "layers": Sentence(
        "network.json is what the calculator saves of these layers, which it takes when they are "
        "pasted:"
    ),
    "nothing": Sentence("{caption}: nothing was reported."),
    "left out": Sentence("{caption} (left out, as no finite numbers: {number:,})"),
    "network": Sentence("network"),
    "stack": Sentence("a network of {num_layers:,} layers"),
    "device": Sentence("device"),
    "threads": Sentence("threads"),
    "own drawings": Sentence("own drawings"),
    "rules": Sentence("rules"),
    **{name: Sentence(name.replace("_", " ")) for name in EXPLANATIONS},
}


def in_language(texts: Texts, language: str) -> Texts:
    """Return `PAGE` or `REPORT` in one of the `LANGUAGES`.

    Raises:
        InvalidInputError: There is no such language.

    >>> in_language(PAGE, "zh")["draw"], in_language(PAGE, "en")["draw"]
    ('写一个数字', 'Draw a digit')
    """
    if language == ENGLISH:
        return texts
    if language not in TRANSLATED:
        raise InvalidInputError(
            "There is no language {language!r}. Choose {languages}.",
            language=language,
            languages=" or ".join(LANGUAGES),
        )
    translated = json.loads(TRANSLATED[language].read_text("utf-8"))
    return {name: translated[text] for name, text in texts.items()}
