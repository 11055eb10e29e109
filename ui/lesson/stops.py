"""The seven stops, in the order of the article."""

from ui.lesson import answer, channels, cost, pixels, sharing, size, training
from ui.lesson.frame import StopParts
from ui.lesson.texts import answer as answer_texts
from ui.lesson.texts import channels as channels_texts
from ui.lesson.texts import cost as cost_texts
from ui.lesson.texts import pixels as pixels_texts
from ui.lesson.texts import sharing as sharing_texts
from ui.lesson.texts import size as size_texts
from ui.lesson.texts import training as training_texts

_IN_ORDER = (
    (pixels, pixels_texts),
    (channels, channels_texts),
    (size, size_texts),
    (sharing, sharing_texts),
    (cost, cost_texts),
    (training, training_texts),
    (answer, answer_texts),
)

STOPS = {
    number: StopParts(said.NAME, said.TITLE, said.SENTENCE, stop.show)
    for number, (stop, said) in enumerate(_IN_ORDER, start=1)
}
