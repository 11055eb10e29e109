import pytest
import torch

from mnistcore.reading.calibration import (
    auroc,
    expected_calibration_error,
    fit,
    fit_temperature,
    non_digit_log_odds,
)


def overconfident_logits() -> tuple[torch.Tensor, torch.Tensor]:
    """Answers drawn from softmax(z), told with three times the conviction: 3 z."""
    generator = torch.Generator().manual_seed(1)
    logits = 2 * torch.randn(20_000, 10, generator=generator)
    labels = torch.multinomial(logits.softmax(dim=1), 1, generator=generator)[:, 0]
    return 3 * logits, labels


def test_the_temperature_undoes_overconfidence() -> None:
    logits, labels = overconfident_logits()

    assert fit_temperature(logits, labels) == pytest.approx(3, rel=0.03)


def test_the_calibration_error_falls_to_nearly_nothing_once_the_temperature_fits() -> None:
    logits, labels = overconfident_logits()

    before = expected_calibration_error(logits.softmax(dim=1), labels)
    after = expected_calibration_error((logits / 3).softmax(dim=1), labels)

    assert before > 0.1
    assert after < 0.02


def test_the_log_odds_of_no_digit_are_those_of_its_probability() -> None:
    logits = torch.randn(5, 11, generator=torch.Generator().manual_seed(1))
    probability = logits.softmax(dim=1)[:, 10]

    torch.testing.assert_close(non_digit_log_odds(logits), (probability / (1 - probability)).log())


def test_fit_looks_at_digits_only_and_refuses_few_of_them() -> None:
    generator = torch.Generator().manual_seed(1)
    logits = torch.randn(4_000, 11, generator=generator)
    labels = torch.arange(4_000) % 11
    logits[labels == 10] += 1000  # were they looked at, the threshold would be out of reach

    fitted = fit(logits, labels)

    assert fitted.threshold is not None
    refused = non_digit_log_odds(logits[labels < 10]) > fitted.threshold
    assert refused.float().mean().item() == pytest.approx(0.005, abs=0.001)


def test_auroc_agrees_with_counting_pairs() -> None:
    generator = torch.Generator().manual_seed(1)
    low = torch.randint(0, 20, (50,), generator=generator).float()
    high = torch.randint(5, 25, (70,), generator=generator).float()
    pairs = (high[:, None] > low).double() + 0.5 * (high[:, None] == low).double()

    assert auroc(low, high) == pytest.approx(pairs.mean().item())
