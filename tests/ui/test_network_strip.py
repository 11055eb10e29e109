import re

import numpy as np

from mnistcore.stacks.presets import my_net
from ui.network_strip import network_strip


def test_the_strip_names_every_size_and_lights_the_label() -> None:
    html = network_strip(my_net().analyse(), np.zeros((28, 28), np.uint8), 7)

    sizes = re.findall(r"<figcaption>([\d×]+)<", html)
    assert sizes == ["28×28×1", "14×14×16", "7×7×32", "4×4×64", "10"]
    neurons = re.findall(r'<i class="(lit|)"></i>', html)
    assert [number for number, kind in enumerate(neurons) if kind == "lit"] == [7]
    assert len(neurons) == 10
