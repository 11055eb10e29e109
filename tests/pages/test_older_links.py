"""What earlier versions wrote into an address opens the same as before."""

import pytest

from tests.pages.conftest import visit
from ui.old_links import TODAYS_SPELLING

# What earlier versions wrote, and what the same stands for now.
OLD_LINKS: list[tuple[str, dict[str, tuple[str, str]]]] = [
    ("pages/convolution.py", {"window_part": ("One kernel", "kernel")}),
    *(
        ("pages/convolution.py", {"window_picture": spellings})
        for spellings in (
            ("Test digit", "digit"),
            ("Your drawing", "drawing"),
            ("Small grid", "grid"),
            ("6×6 example", "article"),
        )
    ),
    ("pages/convolution.py", {"window_kernel": ("Your own numbers", "own")}),
    ("pages/convolution.py", {"window_kernel": ("Trained first layer", "trained")}),
    *(
        ("pages/convolution.py", {"window_part": ("1×1", "1x1"), "window_mixed_maps": spellings})
        for spellings in (
            ("Four simple maps", "simple"),
            ("Trained first layer's maps", "trained"),
        )
    ),
    *(
        (
            "pages/convolution.py",
            {"window_part": ("Channels", "channels"), "window_layer": spellings},
        )
        for spellings in (
            ("Four simple maps, three kernels", "simple"),
            ("Trained second layer: 16 maps, 32 kernels", "trained"),
        )
    ),
    ("pages/convolution.py", {"window_part": ("Shared weights", "sharing")}),
    *(
        ("pages/calculator.py", {"calculation": ("One layer", "layer"), **more})
        for more in (
            {"layer_family": ("Convolution", "Conv"), "layer_axes": ("2-D (images)", "2d")},
            {"layer_family": ("Max pooling", "MaxPool"), "layer_axes": ("1-D (signals)", "1d")},
            {"layer_family": ("Average pooling", "AvgPool")},
            {"layer_family": ("Transposed convolution", "ConvTranspose")},
            {"layer_padding_mode": ("a number", "number")},
        )
    ),
    *(
        (
            "pages/calculator.py",
            {"calculation": ("A network", "network"), "network_source": spellings},
        )
        for spellings in (
            ("Your own layers", "own"),
            ("A torchvision model", "torchvision"),
        )
    ),
    *(
        (
            "pages/calculator.py",
            {"calculation": ("Compare", "compare"), f"compare_{side}": spellings},
        )
        for side in "ab"
        for spellings in (
            ("Your network", "yours"),
            ("A torchvision model", "torchvision"),
        )
    ),
    *(
        ("pages/training.py", {"training_view": spellings})
        for spellings in (
            ("Live", "live"),
            ("Result", "result"),
            ("Compare", "compare"),
            ("Files", "files"),
        )
    ),
    *(
        ("pages/prediction.py", {"network": spellings, "view": ("Draw", "draw")})
        for spellings in (
            ("MyNet, as shipped", "~mynet"),
            ("DrawingNet, as shipped", "~drawing-net"),
        )
    ),
    ("pages/prediction.py", {"network": ("A file of mine ...", "~upload")}),
    ("pages/prediction.py", {"view": ("Photo", "photo")}),
    *(
        (
            "pages/prediction.py",
            {
                "network": ("MyNet, as shipped", "~mynet"),
                "view": ("Test set", "test-set"),
                "order": spellings,
            },
        )
        for spellings in (
            ("in MNIST's order", "index"),
            ("worst loss first", "loss"),
            ("least sure first", "least sure"),
            ("most sure first", "most sure"),
        )
    ),
    *(
        (
            "pages/prediction.py",
            {
                "network": ("MyNet, as shipped", "~mynet"),
                "view": ("Slideshow", "slideshow"),
                "seconds": spellings,
            },
        )
        for spellings in (("0.5 s", "0.5"), ("1 s", "1.0"), ("2 s", "2.0"), ("5 s", "5.0"))
    ),
    *(
        ("pages/network.py", {"inside_network": spellings})
        for spellings in (
            ("MyNet, as shipped", "~mynet"),
            ("DrawingNet, as shipped", "~drawing-net"),
            ("A file of mine ...", "~upload"),
        )
    ),
    *(
        ("pages/network.py", {"inside_kind": spellings})
        for spellings in (
            ("Test digit", "digit"),
            ("Your drawing", "drawing"),
            ("A picture file", "file"),
        )
    ),
    *(
        ("pages/network.py", {"inside_view": spellings})
        for spellings in (
            ("One value", "value"),
            ("One map", "map"),
            ("Which pixels mattered", "pixels"),
            ("One step of learning", "learning"),
            ("In words", "value"),  # the lesson has its place
            ("words", "value"),
        )
    ),
]


def check_older_link(path: str, spellings: dict[str, tuple[str, str]]) -> None:
    page = visit(path, **{name: before for name, (before, _) in spellings.items()})

    assert not page.exception
    state = page.session_state.to_dict()
    for name, (_, now) in spellings.items():
        labels = state.get(f"{name}_labels", {})  # of tabs, which are known by what they say
        assert str(state[name]) == labels.get(now, now)
        # What is chosen at first stands in no address.
        assert page.query_params.get(name, now) == now


@pytest.mark.usefixtures("some_run")
@pytest.mark.parametrize(
    ("path", "spellings"), [link for number, link in enumerate(OLD_LINKS) if number % 8 == 1]
)
def test_an_older_link_opens_the_same(path: str, spellings: dict[str, tuple[str, str]]) -> None:
    check_older_link(path, spellings)


@pytest.mark.slow
@pytest.mark.usefixtures("some_run")
@pytest.mark.parametrize(("path", "spellings"), OLD_LINKS)
def test_every_older_link_opens_the_same(path: str, spellings: dict[str, tuple[str, str]]) -> None:
    check_older_link(path, spellings)


def test_every_older_spelling_is_tried() -> None:
    tried = {
        (name, before, now)
        for _, spellings in OLD_LINKS
        for name, (before, now) in spellings.items()
    }

    assert tried == {
        (name, before, now)
        for name, spellings in TODAYS_SPELLING.items()
        for before, now in spellings.items()
    }
