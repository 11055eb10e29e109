"""What the names in a pasted text can stand for, beside Python's own numbers, texts and lists."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from mnistcore.evaluator.limits import CannotReadError
from mnistcore.sentences import Sentence

UNDEFINED = "undefined"  # in front of a name that looks like a class, and is not in the text
ENUMERATIONS = {"Enum", "IntEnum", "StrEnum"}


@dataclass(frozen=True)
class Unknown:
    """What the text does not tell, such as a batch of images or `torch.cuda.is_available()`.

    It may be handed around freely; only where a network depends on it, `line` and `why` are said.
    `may_have_weights` tells that it may be a layer, `text` how it is written as an argument.
    """

    line: int
    why: Sentence
    may_have_weights: bool = False
    text: str = ""

    def error(self) -> CannotReadError:
        """Return it as an error."""
        return CannotReadError(self.line, self.why)


class BatchSize:
    """The number of images that go in together: any, so that nothing may depend on it."""

    def __repr__(self) -> str:
        return "the batch size"


BATCH = BatchSize()


@dataclass(eq=False)
class Once:
    """What can be gone through once: what a generator, `zip` or `iter` gives."""

    left: list[object]

    def taken(self) -> Iterator[object]:
        """Yield what is left, each gone as soon as it is taken."""
        while self.left:
            yield self.left.pop(0)


@dataclass(frozen=True)
class Library:
    """A name of an imported package, such as `torch.nn.Conv2d`; nothing of it is imported."""

    path: str

    @property
    def name(self) -> str:
        """Return its last part."""
        return self.path.rpartition(".")[2]


@dataclass(eq=False)
class Scope:
    """Names and their values; `parent` is where the text around it is looked up."""

    names: dict[str, object] = field(default_factory=dict)
    parent: "Scope | None" = None
    function: "Function | None" = None
    is_class: bool = False

    @property
    def is_script(self) -> bool:
        """Return whether it is the text outside all functions and classes."""
        return self.parent is None

    def top(self) -> "Scope":
        """Return the scope of the text outside all functions."""
        scope = self
        while scope.parent:
            scope = scope.parent
        return scope


@dataclass(eq=False)
class Function:
    """A function of the text: `def` or `lambda`."""

    name: str
    node: ast.FunctionDef | ast.Lambda
    scope: Scope
    defaults: dict[str, object]
    owner: "TextClass | None" = None
    way: str = ""  # "staticmethod", "classmethod", "property"
    is_script: bool = False  # called from outside all classes
    setter: "Function | None" = None  # of a property: what storing into it calls


@dataclass(eq=False)
class TextClass:
    """A class of the text."""

    name: str
    line: int
    bases: tuple[object, ...]
    members: dict[str, object]
    node: ast.ClassDef

    order: list[object] = field(default_factory=list)

    def lineage(self) -> list[object]:
        """Return the class and what it builds on in Python's order: classes and library names."""
        if not self.order:
            above = [
                each.lineage() if isinstance(each, TextClass) else [each] for each in self.bases
            ]
            self.order = [self, *_merged([*above, list(self.bases)])]
        return self.order

    def find(self, name: str, behind: "TextClass | None" = None) -> object:
        """Return a member, its own or inherited; None if there is none.

        Args:
            name: Of the member.
            behind: Look only at what this class builds on, as `super()` does.
        """
        skipping = behind is not None
        for base in self.lineage():
            if skipping:
                skipping = base is not behind
            elif isinstance(base, TextClass) and name in base.members:
                return base.members[name]
        return None

    @property
    def is_module(self) -> bool:
        """Return whether it is a network or a part of one."""
        foreign = [base for base in self.lineage() if not isinstance(base, TextClass)]
        return any(
            isinstance(base, Library)
            and (base.name.endswith("Module") or base.path.startswith("torch.nn."))
            for base in foreign
        ) or (bool(foreign) and self.find("forward") is not None)

    @property
    def is_enumeration(self) -> bool:
        """Return whether what stands in it are the members of an enumeration."""
        return any(
            isinstance(base, Library) and base.name in ENUMERATIONS for base in self.lineage()
        )

    @property
    def base_kind(self) -> str:
        """Return the layer or container of torch.nn that it builds on; "" for `nn.Module`."""
        for base in self.lineage():
            is_torchs = isinstance(base, Library) and base.path.startswith("torch.nn.")
            if isinstance(base, Library) and is_torchs and base.name != "Module":
                return base.name
        return ""


def _merged(rows: list[list[object]]) -> list[object]:
    """Return rows of classes as one, each class in front of what it builds on: C3."""
    merged: list[object] = []
    while rows := [row for row in rows if row]:
        heads = (row[0] for row in rows if not any(row[0] in other[1:] for other in rows))
        head = next(heads, rows[0][0])
        merged.append(head)
        rows = [[each for each in row if each != head] for row in rows]
    return merged


@dataclass(eq=False)
class Thing:
    """An object of a class of the text that is no network, such as a configuration."""

    of: TextClass
    attributes: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Bound:
    """A function together with the object it is called on."""

    function: object
    target: object


@dataclass(frozen=True, eq=False)
class Method:
    """A method that is not of the text: of a list, a tensor, a module of torch.nn."""

    target: object
    name: str


@dataclass(frozen=True, eq=False)
class Super:
    """What `super()` gives."""

    target: object
    behind: TextClass


@dataclass(frozen=True, eq=False)
class Partial:
    """What `functools.partial` gives."""

    function: object
    args: tuple[object, ...]
    keywords: dict[str, object]
