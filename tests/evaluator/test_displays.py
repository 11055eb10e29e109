"""Lists, sets and dicts that are changed in place stay the ones that they were."""

import pytest

from tests.pasted.both_ways import read_and_built


@pytest.mark.parametrize(
    "change",
    [
        "a = [8]\nb = a\nb *= 2",
        "a = [8]\nb = a\nb += [8]",
        "c = {'w': 8}\nd = c\nd |= {'w': 16}\na = [c['w']]",
        "c = {8}\nd = c\nd |= {16}\na = sorted(c)",
        "c = {8, 16}\nd = c\nd -= {16}\na = list(c)",
        "a = (8,)\nb = a\nb *= 2",
    ],
)
def test_a_list_changed_in_place_is_changed_by_all_its_names(change: str) -> None:
    text = f"{change}\nnet = nn.Sequential(nn.Conv2d(1, a[0], 3), *[nn.ZeroPad2d(1) for _ in a])"

    read, built = read_and_built(text)

    assert read == built
