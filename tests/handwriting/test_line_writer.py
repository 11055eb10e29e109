import numpy as np
import pytest

from mnistcore.handwriting.glyphs import GlyphBank, draw_bank
from mnistcore.handwriting.line_paper import put_on_canvas, put_on_paper
from mnistcore.handwriting.line_writer import HEIGHT_PX, WIDEST_PX, write_line, write_strip
from mnistcore.mnist.splits import load_split


@pytest.fixture(scope="module")
def bank() -> GlyphBank:
    split = load_split("valid")
    images, labels = split.images[:300].numpy(), split.labels[:300].numpy()
    rng = np.random.default_rng(2)
    return draw_bank(images.reshape(-1, 28, 28), labels, rng, digits=140, marks=70)


def test_the_same_seed_writes_the_same_line(bank: GlyphBank) -> None:
    one, other = (write_line(bank, np.random.default_rng(5)) for _ in range(2))

    assert one.digits == other.digits
    assert np.array_equal(one.ink, other.ink)


@pytest.mark.parametrize("length", [1, 3, 8, 15])
def test_a_line_has_the_digits_it_says_with_ink_in_each_box(bank: GlyphBank, length: int) -> None:
    for seed in range(30):
        line = write_line(bank, np.random.default_rng([seed, length]), length=length)

        assert len(line.digits) == len(line.boxes) == length
        assert line.ink.shape[0] == HEIGHT_PX
        assert line.ink.shape[1] <= WIDEST_PX
        for left, top, right, bottom in line.boxes:
            rows = slice(max(0, int(top)), max(1, int(np.ceil(bottom))))
            columns = slice(max(0, int(left)), max(1, int(np.ceil(right))))
            assert line.ink[rows, columns].max(initial=0) > 0.1, seed


def test_some_lines_are_of_no_number(bank: GlyphBank) -> None:
    lines = [write_line(bank, np.random.default_rng(seed)) for seed in range(200)]

    assert 2 <= sum(not line.digits for line in lines) <= 30
    assert 2 <= sum(line.is_cell for line in lines) <= 40


def test_touching_digits_hang_together_and_those_apart_do_not(bank: GlyphBank) -> None:
    from mnistcore.drawings.ink_parts import part_boxes

    def pieces(spacing: str) -> float:
        strips = [
            write_strip(bank, np.random.default_rng(seed), length=6, spacing=spacing).ink
            for seed in range(25)
        ]
        return float(np.mean([len(part_boxes(strip > 0.25)) for strip in strips]))

    assert pieces("touching") < 0.8 * pieces("apart")


def test_paper_and_canvas_keep_to_what_can_be_seen(bank: GlyphBank) -> None:
    for seed in range(60):
        rng = np.random.default_rng(seed)
        line = write_line(bank, rng)
        for put in (put_on_canvas, put_on_paper):
            strip = put(line, rng)
            assert strip.shape == line.ink.shape
            assert np.isfinite(strip).all()
            assert strip.min() >= 0
            assert strip.max() <= 1
