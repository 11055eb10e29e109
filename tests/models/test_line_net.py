from pathlib import Path

import pytest
import torch

from mnistcore.models.line_net import (
    WIDTHS,
    Calibration,
    Ground,
    LineNet,
    load_line_net,
    save_line_net,
    weights_file,
)


def test_both_have_at_most_a_million_and_a_half_parameters() -> None:
    nets = [LineNet(widths) for widths in WIDTHS.values()]
    assert sum(parameter.numel() for net in nets for parameter in net.parameters()) <= 1_500_000


@pytest.mark.parametrize("ground", ["ink", "paper"])
def test_a_line_is_read_alike_beside_blank_paper(ground: Ground) -> None:
    net, _ = load_line_net(weights_file(ground))
    line = torch.randn(1, 2, 40, 160, generator=torch.Generator().manual_seed(1))
    wide = torch.cat([line, torch.zeros(1, 2, 40, 200)], dim=3)

    with torch.inference_mode():
        alone, beside = net(line).logits, net(wide).logits

    torch.testing.assert_close(beside[:, :40], alone[:, :40], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("ground", ["ink", "paper"])
def test_what_is_saved_is_loaded(ground: Ground, tmp_path: Path) -> None:
    torch.manual_seed(3)
    net, calibration = LineNet(WIDTHS[ground]).eval(), Calibration(1.5, -0.25)

    save_line_net(tmp_path / "net.pt", net, calibration)
    loaded, again = load_line_net(tmp_path / "net.pt")

    assert again == calibration
    line = torch.randn(1, 2, 40, 80)
    with torch.inference_mode():
        torch.testing.assert_close(loaded(line).logits, net(line).logits, rtol=0.01, atol=0.01)
