"""The convolution page as its visitor meets it, without a browser."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from mnistcore.mnist.splits import load_split
from tests.pages.conftest import APP, component_data
from tests.pages.convolution_page import open_convolution, stepper
from tests.waiting import PATIENCE_SECONDS


def test_the_page_opens_with_an_edge_kernel_on_a_test_digit() -> None:
    data = stepper(open_convolution())

    digit = load_split("test").images[0].numpy()
    assert data["padded"] == (digit / 255).round(2).tolist()
    assert data["kernel"] == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def test_an_address_opens_the_same_layer_with_torchs_numbers() -> None:
    data = stepper(
        open_convolution(
            window_digit="7",
            window_kernel="Sharpen",
            window_kernel_size="5",
            window_stride="2",
            window_padding="3",
            window_dilation="2",
            window_bias="0.5",
            window_at="4,6",
        )
    )

    picture = torch.tensor(load_split("test").images[7].numpy() / 255).round(decimals=2)
    expected = torch.nn.functional.conv2d(
        picture[None, None],
        torch.tensor(data["kernel"], dtype=torch.float64)[None, None],
        torch.tensor([0.5], dtype=torch.float64),
        stride=2,
        padding=3,
        dilation=2,
    )
    np.testing.assert_allclose(data["output"], expected[0, 0], atol=1e-6)
    assert data["position"] == [4, 6]


@pytest.mark.parametrize(
    "address",
    [
        {"window_stride": "abc", "window_kernel": "none", "window_digit": "-3"},
        {"window_at": "x,y"},
        {"window_at": "999999,2"},
        {"window_kernel": "Your own numbers", "window_weights": "1,2;3"},
        {"window_picture": "Small grid", "window_pixels": "nan"},
    ],
)
def test_a_spoilt_address_still_opens_the_page(address: dict[str, str]) -> None:
    assert stepper(open_convolution(**address))["output"]


def test_spoilt_numbers_in_the_address_are_explained() -> None:
    app = open_convolution(window_kernel="Your own numbers", window_weights="1,2;3")

    assert "Give a square one, up to 7x7" in app.warning[0].value


def test_a_kernel_wider_than_the_picture_is_explained() -> None:
    app = open_convolution(window_picture="6×6 example", window_kernel_size="7")

    assert not app.exception
    assert "Choose a smaller kernel" in app.error[0].value


def test_the_articles_example_is_put_right() -> None:
    app = open_convolution(window_picture="6×6 example")

    assert np.shape(stepper(app)["output"]) == (4, 4)
    assert "With stride 1 and no padding it is **4×4**" in app.info[0].value
    assert np.shape(
        stepper(app.number_input(key="window_stride").set_value(2).run())["output"]
    ) == (
        2,
        2,
    )


def test_typed_weights_travel_in_the_address() -> None:
    data = stepper(
        open_convolution(window_kernel="Your own numbers", window_weights="0.5,0,0;0,1,0;0,0,-2")
    )

    assert data["kernel"] == [[0.5, 0, 0], [0, 1, 0], [0, 0, -2]]


def test_own_numbers_begin_with_the_kernel_that_was_shown() -> None:
    app = open_convolution()

    data = stepper(app.button_group(key="window_kernel").set_value("Your own numbers").run())

    assert data["kernel"] == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def test_the_trained_kernels_are_the_networks_own() -> None:
    from mnistcore.reading.classifier import WEIGHTS, load_classifier

    data = stepper(open_convolution(window_kernel="Trained first layer", window_trained="16"))

    weights = dict(load_classifier(WEIGHTS / "mynet.pt").model.named_parameters())[
        "conv.0.weight"
    ].detach()
    np.testing.assert_allclose(data["kernel"], weights[15, 0], atol=5e-5)
    assert (np.min(data["padded"]), data["low"], data["high"]) == (-1, -1, 1)


@pytest.mark.parametrize(
    ("layer", "num_channels", "num_kernels"),
    [
        ("Four simple maps, three kernels", 4, 3),
        ("Trained second layer: 16 maps, 32 kernels", 16, 32),
    ],
)
def test_the_parts_of_all_channels_and_the_bias_add_up(
    layer: str, num_channels: int, num_kernels: int
) -> None:
    app = open_convolution(window_part="Channels", window_layer=layer)

    assert not app.exception
    data = component_data(app, "channel_sum")
    parts = [channel["part"] for channel in data["channels"]]
    assert len(parts) == num_channels
    assert len(component_data(app, "kernel_gallery")["items"]) == num_kernels
    np.testing.assert_allclose(np.sum(parts, axis=0) + data["bias"], data["output"], atol=1e-9)


def test_the_trained_layer_explains_which_pictures_it_takes() -> None:
    app = open_convolution(
        window_part="Channels",
        window_layer="Trained second layer: 16 maps, 32 kernels",
        window_picture="6×6 example",
    )

    assert "takes 28x28 pixels, and this picture has 6x6" in app.error[0].value


def test_a_1x1_kernel_mixes_the_maps_by_the_sliders() -> None:
    app = open_convolution(window_part="1×1")
    app.slider(key="window_mix_Blur").set_value(0.5).run()

    data = component_data(app, "channel_sum")

    weights = [channel["kernel"] for channel in data["channels"]]
    assert weights == [[[0.5]], [[0.7]], [[0.7]], [[0]]]
    maps = np.array([channel["input"] for channel in data["channels"]])
    np.testing.assert_allclose(np.tensordot([0.5, 0.7, 0.7, 0], maps, 1), data["output"], atol=1e-6)


def test_the_first_layer_costs_what_the_literature_counts() -> None:
    app = open_convolution(window_part="Shared weights")

    table = app.table[0].value
    assert table["Parameters"].tolist() == ["160", "31,360", "2,461,760"]
    assert table["Multiply-adds (MACs)"].tolist() == ["28,224", "28,224", "2,458,624"]
    panels = component_data(app, "sharing")["panels"]
    assert [panel["weights"] for panel in panels] == [3, 9, 21]


def test_a_1x1_kernel_mixes_the_trained_maps_that_are_chosen() -> None:
    app = open_convolution(window_part="1×1", window_mixed_maps="Trained first layer's maps")
    app.multiselect(key="window_mixed").set_value(["Map 2", "Map 5"]).run()

    data = component_data(app, "channel_sum")

    assert [channel["name"] for channel in data["channels"]] == ["Map 2", "Map 5"]
    assert np.shape(data["output"]) == (14, 14)
    app.multiselect(key="window_mixed").set_value([]).run()
    assert "there is nothing to mix" in app.error[0].value


def test_torch_is_asked_and_agrees() -> None:
    app = open_convolution(window_kernel="Blur", window_kernel_size="5", window_padding="2")

    app.button(key="window_check").click().run()

    assert not app.exception
    assert any("torch: 28×28, ✓ the same map" in text.value for text in app.markdown)
    app.run()  # as the page is drawn anew once torch has come
    assert any("torch: 28×28, ✓ the same map" in text.value for text in app.markdown)
    app.number_input(key="window_kernel_size").set_value(3).run()
    assert not any("torch:" in text.value for text in app.markdown)


def test_a_grid_of_another_size_travels_in_the_address() -> None:
    app = open_convolution(window_picture="Small grid")

    app.slider(key="window_grid_size").set_value(4).run()

    assert np.shape(stepper(app)["padded"]) == (4, 4)
    assert app.query_params["window_pixels"] == "0,0,1,1;0,0,1,1;0,1,1,0;1,1,0,0"


def test_a_grid_that_the_address_brings_back_keeps_its_size() -> None:
    app = open_convolution(window_picture="Small grid")
    app.slider(key="window_grid_size").set_value(4).run()
    kept = ";".join(["1,2,3,4,5"] * 5)

    app.query_params["window_pixels"] = kept
    app.run()

    assert np.shape(stepper(app)["padded"]) == (5, 5)
    assert app.query_params["window_pixels"] == kept
    assert app.slider(key="window_grid_size").value == 5


def test_a_grid_too_small_for_the_page_is_filled_up() -> None:
    app = open_convolution(window_picture="grid", window_pixels="5")

    assert stepper(app)["padded"] == [[0, 0, 0], [0, 5, 0], [0, 0, 0]]
    assert app.slider(key="window_grid_size").value == 3


def test_the_page_needs_no_torch_to_open() -> None:
    """Importing torch takes seconds, and the page's first picture must not wait for it."""
    script = (
        "import sys; from streamlit.testing.v1 import AppTest;"
        f"app = AppTest.from_file({str(APP)!r}, default_timeout={PATIENCE_SECONDS});"
        "app.switch_page('pages/convolution.py').run();"
        "print(len(app.get('bidi_component')), 'torch' in sys.modules, bool(app.exception))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=APP.parent
    )

    assert answer.stdout.split() == ["2", "False", "False"]  # the stepper, and what folds the menu
