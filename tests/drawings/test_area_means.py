import numpy as np
import pytest

from mnistcore.drawings.area_means import area_shares, local_mean


def test_the_local_mean_is_that_of_the_square_around() -> None:
    values = np.random.default_rng(3).random((9, 11))

    assert local_mean(values, 2)[4, 5] == pytest.approx(values[2:7, 3:8].mean())
    assert local_mean(values, 2)[0, 0] == pytest.approx(np.pad(values, 2, "edge")[:5, :5].mean())


@pytest.mark.parametrize(("length", "side"), [(7, 7), (3, 31), (29, 31), (1, 400)])
def test_every_pixel_is_shared_out_whole(length: int, side: int) -> None:
    shares = area_shares(length, side, 20)

    assert shares.shape == (20, length)
    assert shares.sum(axis=0) == pytest.approx(20 / side)
    assert shares.sum(axis=1).max() <= 1 + 1e-9
