"""The pickle in a file of `torch.save`, followed step by step: it makes nothing but plain values.

Of pickle's 68 opcodes those are known that `torch.save` needs for weights, by protocols 2 to 5.
None of them sets memory aside for a length that a file only claims; whatever else it asks for is
refused. Knows no torch.
"""

from dataclasses import dataclass
from pickletools import genops
from typing import Any

from mnistcore.errors import InvalidInputError

PLAIN = {
    *("BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT"),
    *("BINUNICODE", "SHORT_BINUNICODE"),
}  # whose argument is the value itself
CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
MOST_STEPS = 400_000  # a thousand layers and Adam's state take fewer

NO_WEIGHTS = (
    "it holds more than weights, or is no PyTorch file (as torch.save writes it since PyTorch 1.6)"
)
DAMAGED = "it is damaged, or is no PyTorch file"
# What a pickle may name, beside the storages.
ORDERED_DICT = "collections OrderedDict"
TENSOR = "torch._utils _rebuild_tensor_v2"
PARAMETER = "torch._utils _rebuild_parameter"


def follow_pickle(content: bytes) -> Any:
    """Return what a pickle makes: plain values, `Storage` and `Strided` among them.

    Args:
        content: The pickle. What is no pickle at all raises as `pickletools.genops` does.

    Raises:
        InvalidInputError: It makes something else, or too much.

    >>> import pickle
    >>> follow_pickle(pickle.dumps({"step": [1, 2.5, None, (True, "x")]}, protocol=2))
    {'step': [1, 2.5, None, (True, 'x')]}
    """
    pickle = _Pickle()
    for number, (opcode, argument, _) in enumerate(genops(content)):
        if number > MOST_STEPS:
            raise InvalidInputError("it describes too much")
        if opcode.name == "STOP":
            return pickle.stack.pop()
        if isinstance(argument, str):
            argument.encode()  # half a character is damage, and no page can be sent with it
        pickle.take(opcode.name, argument)
    raise InvalidInputError(DAMAGED)


@dataclass(frozen=True)
class _Global:
    """Something of Python's or PyTorch's, by its name."""

    name: str


@dataclass(frozen=True)
class Storage:
    """A record of numbers, as the pickle names it; `torch_file` looks whether there is one."""

    kind: str
    key: str


@dataclass(frozen=True)
class Strided:
    """A tensor, as the pickle wants it; `torch_file` looks whether its storage has it."""

    storage: Any
    offset: Any
    size: Any
    stride: Any


class _Pickle:
    """A pickle followed step by step; whatever is not of weights ends it."""

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self._marks: list[int] = []
        self._memo: dict[int, Any] = {}

    def take(self, opcode: str, argument: Any) -> None:
        """Take one step."""
        stack = self.stack
        match opcode:
            case _ if opcode in PLAIN:
                stack.append(argument)
            case "BINPUT" | "LONG_BINPUT" | "MEMOIZE":
                self._memo[len(self._memo) if argument is None else argument] = stack[-1]
            case "BINGET" | "LONG_BINGET":
                stack.append(self._memo[argument])
            case "MARK":
                self._marks.append(len(stack))
            case _ if opcode in CONSTANTS:
                stack.append(CONSTANTS[opcode])
            case "EMPTY_TUPLE" | "EMPTY_LIST" | "EMPTY_DICT":
                stack.append({"EMPTY_TUPLE": (), "EMPTY_LIST": [], "EMPTY_DICT": {}}[opcode])
            case "TUPLE":
                stack.append(tuple(self._since_mark()))
            case "TUPLE1" | "TUPLE2" | "TUPLE3":
                stack.append(tuple(self._last(int(opcode[-1]))))
            case "APPEND" | "APPENDS":
                added = self._last(1) if opcode == "APPEND" else self._since_mark()
                stack[-1].extend(added)
            case "SETITEM" | "SETITEMS":
                added = self._last(2) if opcode == "SETITEM" else self._since_mark()
                self._set_items(added)
            case "GLOBAL":
                stack.append(_Global(argument))
            case "STACK_GLOBAL":
                stack.append(_Global(" ".join(map(_text, self._last(2)))))
            case "BINPERSID":
                _, kind, key, _, _ = stack.pop()
                stack.append(Storage(_name(kind), _text(key)))
            case "REDUCE":
                stack.append(_made(*self._last(2)))
            case "PROTO" | "FRAME":
                pass
            case "BUILD":
                stack.pop()  # attributes, of which a dictionary needs none
            case _:
                raise InvalidInputError(NO_WEIGHTS)

    def _last(self, count: int) -> list[Any]:
        values = self.stack[-count:]
        del self.stack[-count:]
        return values

    def _since_mark(self) -> list[Any]:
        start = self._marks.pop()
        values = self.stack[start:]
        del self.stack[start:]
        return values

    def _set_items(self, added: list[Any]) -> None:
        for name, value in zip(added[::2], added[1::2], strict=True):
            if not isinstance(name, str | int):
                raise InvalidInputError(NO_WEIGHTS)
            self.stack[-1][name] = value


def _text(value: Any) -> str:
    """Return a text: what shares its parts, however short, may be endless once written out."""
    if not isinstance(value, str):
        raise InvalidInputError(NO_WEIGHTS)
    return value


def _name(value: Any) -> str:
    if not isinstance(value, _Global):
        raise InvalidInputError(NO_WEIGHTS)
    return value.name


def _made(maker: Any, given: Any) -> Any:
    match maker:
        case _Global(name) if name == ORDERED_DICT and not given:
            return {}
        case _Global(name) if name == TENSOR:
            return Strided(*given[:4])
        case _Global(name) if name == PARAMETER:
            return given[0]
    raise InvalidInputError(NO_WEIGHTS)
