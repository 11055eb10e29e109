import re
from pathlib import Path

import pytest

from ui.components.loader import FOLDER, joined

COMPONENTS = sorted(folder for folder in FOLDER.iterdir() if (folder / "component.py").exists())


def names_at_the_top(script: str) -> list[str]:
    return re.findall(r"^(?:export default )?(?:const|let|class|function) (\w+)", script, re.M)


@pytest.mark.parametrize("folder", COMPONENTS, ids=lambda folder: folder.name)
def test_a_components_scripts_join_without_a_name_twice(folder: Path) -> None:
    script = joined(folder / f"{folder.name}.js")

    names = names_at_the_top(script)
    assert sorted(names) == sorted(set(names))
    assert script.count("export ") == script.count("export default ") == 1
    assert not re.search(r"^import ", script, re.M)


def test_a_script_stands_behind_all_that_it_imports_and_only_once(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text("export const one = 1;\n")
    (tmp_path / "two.js").write_text(
        'import { one } from "./one.js";\nexport const two = 2 * one;\n'
    )
    (tmp_path / "three.js").write_text(
        'import { one } from "./one.js";\nimport {\n  two,\n} from "./two.js";\n'
        "export default function () {\n  return one + two;\n}\n"
    )

    assert joined(tmp_path / "three.js").splitlines()[:3] == [
        "const one = 1;",
        "const two = 2 * one;",
        "export default function () {",
    ]
