"""The page as a file: whole, small, and with nothing in it that asks for anything."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest
import wasmtime

from mnistcore.exported.plain_layers import plain_layers
from mnistcore.exported.texts import PAGE
from mnistcore.exported.web_page import PARTS, web_page, write_web_page
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import MYNET, Classifier, load_classifier
from ui.language import _catalogue

MOST_BYTES = 1_500_000
NETWORK = re.compile(r'<script type="application/json" id="network">(.*?)</script>', re.DOTALL)


@pytest.mark.parametrize("network", ["mynet", "drawing-net", "deep-net", "dense"])
def test_every_network_of_ours_fits_into_a_megabyte_and_a_half(
    network: str, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"

    write_web_page(path, Classifier(build_network(network, seed=1)), network)

    assert path.stat().st_size <= MOST_BYTES


def test_the_page_names_no_address_anywhere() -> None:
    page = web_page(load_classifier(MYNET), "MyNet")

    assert not re.search(r"https?:|//[a-z]+\.|\bimport\b|\bfetch\(|XMLHttpRequest|@import", page)
    assert re.findall(r"""(?:src|href)=["']([^"']*)""", page) == ["data:,"]
    assert "default-src 'none'" in page


def test_a_name_cannot_write_into_the_page() -> None:
    page = web_page(load_classifier(MYNET), "<script>alert(1)</script>")

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_weights_come_back_as_they_were_within_the_last_of_sixteen_bits() -> None:
    classifier = load_classifier(MYNET)
    found = NETWORK.search(web_page(classifier, "MyNet"))
    assert found is not None

    first = json.loads(found[1])["layers"][0]

    numbers = np.frombuffer(base64.b64decode(first["packed"]["numbers"]), "<i2").reshape(
        3, 3, 1, 16
    )
    scales = np.frombuffer(base64.b64decode(first["packed"]["scales"]), "<f4")
    weight = plain_layers(classifier)[0].weight
    assert weight is not None
    back = np.moveaxis(numbers * scales.astype(float), (-1, -2), (0, 1))
    assert np.all(np.abs(back - weight) <= 0.51 * scales[:, None, None, None])


def test_the_innermost_loop_is_what_its_text_says() -> None:
    text = (PARTS / "spread.wat").read_text()

    assert bytes(wasmtime.wat2wasm(text)) == (PARTS / "spread.wasm").read_bytes()


def test_the_page_speaks_the_language_that_it_is_given() -> None:
    chinese = _catalogue("zh")
    texts = {name: chinese.gettext(text) for name, text in PAGE.items()}

    page = web_page(load_classifier(MYNET), "MyNet", texts)

    found = NETWORK.search(page)
    assert found is not None
    assert '<html lang="zh-CN">' in page
    assert "<title>MyNet 识别手写数字</title>" in page
    assert json.loads(found[1])["doubt"] == "网络觉得这不像一个数字。"
    shown = [layer["shown"] for layer in json.loads(found[1])["layers"] if layer["shown"]]
    assert shown[0] == "第 1 个卷积层：16 张 14×14 的特征图"
    assert "Convolution" not in page.replace(json.dumps("Conv2d"), "")
    assert not [text for text in PAGE.values() if len(text) > 5 and text in page]
