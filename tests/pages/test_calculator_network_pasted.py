"""PyTorch code pasted into the calculator: taken as a network, or told why not."""

import pytest

from tests.pages.calculator_page import click, layers, metrics, network_tab, text


def test_code_can_be_pasted() -> None:
    page = network_tab()

    page.text_area("network").set_value(
        "net = nn.Sequential(\n    nn.Conv2d(1, 4, 3),  # a comment\n    nn.ReLU(inplace=True),\n)"
    ).run()

    assert not page.exception
    assert layers(page) == ["Conv2d 4 · 3×3", "ReLU"]


A_CLASS = """
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.fc1 = nn.Linear(6 * 14 * 14, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = x.view(-1, 6 * 14 * 14)
        return self.fc1(x)
"""


def test_a_class_with_its_forward_can_be_pasted() -> None:
    page = network_tab(network=A_CLASS, network_input="3, 32, 32")

    assert not page.exception
    assert not page.error
    assert metrics(page)["Parameters"] == "12,226"
    assert [name.split()[0] for name in layers(page)] == [
        *("Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear")
    ]


def test_the_input_shape_that_a_class_wants_is_offered() -> None:
    page = network_tab(network=A_CLASS)
    assert "Line 8: Conv2d was made for `in_channels`=3" in page.error[0].value

    click(page, "Set the input shape to 3 × 32 × 32")

    assert not page.error
    assert page.text_input("network_input").value == "3, 32, 32"
    assert text(page) == A_CLASS


def test_a_branch_is_shown_beside_its_line_and_what_was_understood_is_offered() -> None:
    branching = A_CLASS.replace("(3, 6", "(1, 6").replace(
        "return self.fc1(x)", "return x + self.fc1(x)"
    )
    page = network_tab(network=branching, network_input="1, 32, 32")

    assert not page.exception
    problem = branching.splitlines().index("        return x + self.fc1(x)") + 1
    assert page.error[0].value.startswith(f"Line {problem}: ")
    assert f"▸ {problem}  " in page.code[0].value
    assert text(page) == branching

    click(page, "Go on with these 5 layers as a list")

    assert not page.error
    assert text(page).splitlines()[0] == "Conv2d(1, 6, 5)"
    assert text(page).splitlines()[-1] == "Linear(1176, 10)"


def test_of_two_networks_one_is_chosen() -> None:
    page = network_tab(network="a = nn.Sequential(nn.Flatten())\nb = nn.Sequential(nn.ReLU())")
    assert "The text has 2 networks: `a` (line 1), `b` (line 2)" in page.error[0].value

    click(page, "b")

    assert not page.exception
    assert not page.error
    assert layers(page) == ["ReLU"]


def test_weights_that_are_used_twice_are_counted_once_and_said_to_be() -> None:
    shared = "f = nn.Linear(28, 28)\nnet = nn.Sequential(f, nn.ReLU(), f)"
    page = network_tab(network=shared, network_input="28")

    assert not page.exception
    assert metrics(page)["Parameters"] == "812"
    captions = [element.value for element in page.caption]
    assert any("called twice or more with the same weights" in caption for caption in captions)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("Conv2d(1,", "第 1 行：这不是 Python 代码：`Conv2d(1,`"),
        ("LSTM(3)", "第 1 行：`LSTM` 不是 torch.nn 的层，代码里也没有定义"),
        (
            "Linear(27, 9)",
            "第 1 行：Linear 的 `in_features`=27，但输入形状是 (1, 28, 28)。请在它前面加一层",
        ),
        (
            "a = nn.Sequential(nn.Linear(28, 1))\nb = nn.Sequential(nn.Linear(28, 2))",
            "第 2 行：代码里有 2 个网络：`a`（第 1 行）、`b`（第 2 行）。",
        ),
    ],
)
def test_pasted_code_is_refused_in_the_visitors_language(code: str, said: str) -> None:
    page = network_tab(network=code, lang="zh")

    assert not page.exception
    assert page.error[0].value.startswith(said)


def test_what_is_good_to_know_of_pasted_code_is_said_in_the_visitors_language() -> None:
    code = "net = nn.Sequential(nn.Flatten())\nnet[0].register_forward_hook(print)"

    page = network_tab(network=code, lang="zh")

    assert any("：hook 改动了什么，这里不跟踪。" in caption.value for caption in page.caption)
