"""The page "Calculator" as its visitor meets it."""

import pytest

from tests.pages.calculator_page import calculator, click, metrics


def test_the_page_opens_with_mnists_first_layer() -> None:
    page = calculator()

    assert not page.exception
    assert metrics(page) == {
        "Size": "28 → 14",
        "Output shape": "16 × 14 × 14",
        "Parameters": "160",
        "MACs": "28,224",
        "FLOPs": "56,448",
        "MACs on pixels": "95.3%",
        "Weight memory": "640 B",
        "Output memory": "12.2 KiB",
        "Sees": "3 × 3",
    }


def test_the_formula_has_the_numbers_and_the_floor_in_it() -> None:
    formula = calculator().latex[0].value

    assert r"28+2\cdot 1-1\cdot(3-1)-1" in formula
    assert r"\left\lfloor 13\tfrac{1}{2}\right\rfloor+1 = 13+1 = \mathbf{14}" in formula


def test_a_link_opens_the_same_calculation() -> None:
    page = calculator(layer_stride="1", layer_kernel_size="5", layer_padding="0")

    assert not page.exception
    assert metrics(page)["Size"] == "28 → 24"


@pytest.mark.parametrize("value", ["0", "-3", "abc", "2.5", "9" * 30])
def test_nonsense_in_a_link_is_dropped(value: str) -> None:
    page = calculator(layer_stride=value)

    assert not page.exception
    assert metrics(page)["Size"] == "28 → 14"


def test_a_control_changes_the_answer() -> None:
    page = calculator()

    page.number_input("layer_stride").set_value(1).run()

    assert metrics(page)["Size"] == "28 → 28"


@pytest.mark.parametrize(
    ("family", "size"),
    [
        ("Convolution", "28 → 14"),
        ("Max pooling", "28 → 14"),
        ("Average pooling", "28 → 14"),
        ("Transposed convolution", "28 → 55"),
        ("Linear", "1,024 → 10"),
    ],
)
def test_every_kind_of_layer_has_its_answer(family: str, size: str) -> None:
    page = calculator(layer_family=family)

    assert not page.exception
    assert metrics(page)["Size"] == size


def test_height_and_width_can_go_apart() -> None:
    page = calculator(layer_apart="true", layer_size_width="20", layer_stride_width="1")

    assert not page.exception
    assert metrics(page)["Size"] == "28 × 20 → 14 × 20"


def test_signals_have_one_axis() -> None:
    page = calculator(layer_axes="1-D (signals)")

    assert not page.exception
    assert metrics(page)["Output shape"] == "16 × 14"


def test_an_impossible_layer_is_explained_and_mended_by_a_click() -> None:
    page = calculator(layer_kernel_size="40")

    assert not page.exception
    assert "spans 40 pixels" in page.error[0].value
    assert "Choose a smaller kernel or more `padding`." in page.error[0].value
    assert not page.metric

    click(page, "Take that layer")

    assert not page.exception
    assert not page.error
    assert metrics(page)["Output shape"] == "16 × 1 × 1"


def test_same_with_a_stride_is_refused_as_torch_does() -> None:
    page = calculator(layer_padding_mode="same")

    assert "torch allows `padding`='same' at `stride`=1 only" in page.error[0].value

    click(page, "Take that layer")

    assert metrics(page)["Size"] == "28 → 14"


def test_an_example_sets_the_controls() -> None:
    page = calculator()

    page.selectbox("layer_example").select("AlexNet's first layer").run()

    assert not page.exception
    assert metrics(page)["Output shape"] == "96 × 55 × 55"
    assert page.selectbox("layer_example").value is None


def test_pytorch_is_asked_on_a_click() -> None:
    page = calculator()

    click(page, "Check in PyTorch")

    assert not page.exception
    assert "The same to the last digit" in page.success[0].value
    table = next(element.value for element in page.markdown if "PyTorch" in element.value)
    assert "| MACs | 28,224 | 28,224 | ✓ |" in table

    page.run()  # as the page is drawn anew once torch has come
    assert "The same to the last digit" in page.success[0].value
    page.selectbox("layer_example").select("AlexNet's first layer").run()
    assert not page.success


def test_the_articles_example_is_put_right() -> None:
    page = calculator()

    text = next(element.value for element in page.markdown if "article" in element.value)
    click(page, "Load stride 1")

    assert "**4x4**" in text
    assert "stride 2 to get 2x2" in text
    assert metrics(page)["Size"] == "6 → 4"


def test_the_very_function_is_shown() -> None:
    page = calculator()
    page.session_state["layer_source"] = True  # as if opened: AppTest knows no expanders
    sources = [block.value for block in page.run().code]

    assert sources[0].startswith("nn.Conv2d(")
    assert sources[1].startswith("def output_size(")


def test_tensorflows_same_stands_beside_torchs() -> None:
    texts = [element.value for element in calculator().markdown]

    assert any("TensorFlow pads 0 before and 1 after, 14 come out." in text for text in texts)
