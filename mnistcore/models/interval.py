"""How far an accuracy can be trusted. Knows no torch."""

from math import sqrt


def accuracy_interval(num_correct: int, num_images: int) -> tuple[float, float]:
    """Return the 95 % interval of an accuracy, as fractions.

    Source: Wilson (1927), which stays inside [0, 1] and holds near 100 %.

    >>> low, high = accuracy_interval(9900, 10_000)
    >>> f"{low:.2%} to {high:.2%}"
    '98.79% to 99.18%'
    """
    z = 1.959964  # the 97.5 % point of the normal distribution
    share = num_correct / num_images
    spread = z * sqrt(share * (1 - share) / num_images + z**2 / (4 * num_images**2))
    middle = share + z**2 / (2 * num_images)
    shrink = 1 + z**2 / num_images
    return max(0.0, (middle - spread) / shrink), min(1.0, (middle + spread) / shrink)
