import numpy as np

from mnistcore.handwriting.hand import parse_path, smooth


def test_the_curve_passes_through_the_points_of_its_path() -> None:
    stroke = parse_path("10,26 28,4 58,0 80,18 72,50 42,78 8,100* 94,100")[0]

    curve = smooth(stroke)

    nearest = np.linalg.norm(curve[:, None] - stroke.points, axis=2).min(axis=0)
    np.testing.assert_allclose(nearest, 0, atol=1e-9)
