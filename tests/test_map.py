from pathlib import Path

import mnistcore

MODULES = {path.stem for path in Path(mnistcore.__file__).parent.glob("*.py")} - {"__init__"}


def test_the_map_of_the_library_names_every_module() -> None:
    named = set((mnistcore.__doc__ or "").split("`")[1::2])

    assert not MODULES - named
