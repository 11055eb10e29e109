from ui.drawing_canvas import _Memory
from ui.sketches import Sketch


def strokes(number: int) -> Sketch:
    return Sketch({"objects": [{"type": "path"}] * number}, b"png")


def test_what_was_undone_is_forgotten_by_the_next_stroke() -> None:
    memory = _Memory()
    memory.draw(strokes(1))
    memory.draw(strokes(2))
    memory.place = 1

    memory.draw(strokes(3))

    assert [len(s.strokes["objects"]) if s.strokes else 0 for s in memory.history] == [0, 1, 3]
    assert memory.now == strokes(3)
