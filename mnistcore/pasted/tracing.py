"""An image sent through a network of the text: every layer in its order, up to what cannot work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mnistcore.errors import InvalidInputError
from mnistcore.evaluator.chain import Call, Chain, Tensor, new_input
from mnistcore.evaluator.limits import CannotReadError
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.torch_module import Module, named_modules
from mnistcore.evaluator.values import Unknown
from mnistcore.layers.kinds import LAYER_KINDS, layer_from_dict
from mnistcore.layers.layer import Shape
from mnistcore.pasted.candidates import Network
from mnistcore.pasted.guessing import require_sure
from mnistcore.pasted.modules import plain_arguments
from mnistcore.sentences import Sentence

WITHOUT_WEIGHTS = ("Pool", "Pad", "Dropout", "Softmax", "shrink", "Fold", "Shuffle", "Distance")


@dataclass(frozen=True)
class Trace:
    """What became of an image.

    Args:
        calls: Every layer, in the order of the calculation.
        problem: What cannot be read or cannot work; None if all is well.
        paths: By a module's number its path in the network, such as `features.0`.
        unused_params: Of layers that are made but never called.
    """

    calls: tuple[Call, ...]
    problem: CannotReadError | None
    paths: dict[int, str]
    unused_params: int


def traced(machine: Machine, network: Network, input_shape: Shape) -> Trace:
    """Send an image through a network.

    Args:
        machine: The reader, after it has followed the text.
        network: What the text is about.
        input_shape: Of the image.
    """
    tensor = new_input(input_shape)
    chain = tensor.chain
    paths: dict[int, str] = {}
    unused = 0
    try:
        _send(machine, network, tensor)
        if chain.gaps:
            require_sure(chain, input_shape)
        paths = _paths(network)
        if not network.is_list:
            unused = _checked_weights(machine, network.modules[0], chain.calls, paths)
    except CannotReadError as reason:
        chain.problem = chain.problem or reason
    if (problem := chain.problem) and problem.line and "`" not in problem.why:
        why = Sentence("`{code}`: {why}", code=machine.quoted(problem.line), why=problem.why)
        chain.problem = CannotReadError(problem.line, why)
    return Trace(tuple(chain.calls), chain.problem, paths or _paths(network), unused)


def _send(machine: Machine, network: Network, tensor: Tensor) -> None:
    value: object = tensor
    line = network.modules[0].line
    for module in network.modules:
        line = module.line
        value = machine.called(module, line, value)
    chain = tensor.chain
    if chain.problem:
        raise chain.problem
    if isinstance(value, Unknown):
        raise value.error()
    if isinstance(value, tuple | list) and value:
        value = _first_of(machine, value, chain)
    if value is None:
        raise CannotReadError(
            line,
            "{network} gives nothing back. End `forward` with `return x`.",
            network=network.name,
        )
    if not isinstance(value, Tensor) or value.chain is not chain:
        raise CannotReadError(
            line,
            "{network} gives back what was not calculated from the image.",
            network=network.name,
        )
    if not chain.calls:
        raise CannotReadError(
            line, "{network} calls no layer. Paste the network with them.", network=network.name
        )
    last = chain.calls[-1].called
    if value.place != len(chain.calls):
        raise CannotReadError(
            last,
            "{network} does not give back what comes out here. Only one layer "
            "after another can be read.",
            network=network.name,
        )


def _first_of(machine: Machine, values: Sequence[object], chain: Chain) -> object:
    """Return the first of several outputs, if it is what came out last."""
    line = chain.calls[-1].called if chain.calls else 1
    for value in values:
        if isinstance(value, Unknown):
            raise value.error()
    first = values[0]
    if not isinstance(first, Tensor) or first.place != len(chain.calls):
        raise CannotReadError(
            line, "The network gives several values back. Return the last one alone."
        )
    if len(values) > 1:
        machine.note(
            line, "The network gives {count} values back: read is the first.", count=len(values)
        )
    return first


def _paths(network: Network) -> dict[int, str]:
    paths: dict[int, str] = {}
    for place, module in enumerate(network.modules, start=1):
        for path, part in named_modules(module):
            if isinstance(part, Module):
                own = (
                    path if not network.is_list or len(network.modules) == 1 else f"{place}.{path}"
                )
                paths.setdefault(part.number, own.strip(".") or str(place))
    return paths


def _checked_weights(
    machine: Machine, root: Module, calls: Sequence[Call], paths: dict[int, str]
) -> int:
    """Return the parameters of layers that are made but never called.

    Raises:
        CannotReadError: It calls weights that it does not hold, or it holds unknown ones.
    """
    for call in calls:
        is_held = call.owner is None or call.owner in paths
        if not is_held and layer_from_dict(call.draft).num_params:
            raise machine.refusal(
                call.line,
                "`{code}` is no part of {network} to PyTorch, which would not train "
                "it. Keep it as `self.name = ...`, or in an nn.ModuleList.",
                network=root.name,
            )
    called = {call.owner for call in calls}
    return sum(
        _unused_params(machine, path, part)
        for path, part in named_modules(root)
        if isinstance(part, Unknown) or (part.is_layer and part.number not in called)
    )


def _unused_params(machine: Machine, path: str, part: Module | Unknown) -> int:
    if isinstance(part, Unknown):
        if part.may_have_weights:
            raise CannotReadError(
                part.line,
                "{why} Whether `{path}` has weights cannot be told. Leave it out.",
                why=part.why,
                path=path,
            )
        return 0
    count = sum(_params_of(machine, part))
    if count:
        machine.note(
            part.line,
            "`{path}` is never called: its {count:,} parameters are in the total, and in no row.",
            path=path,
            count=count,
        )
    return count


def _params_of(machine: Machine, part: Module) -> Iterator[int]:
    if part.kind not in LAYER_KINDS:
        if any(word in part.kind for word in WITHOUT_WEIGHTS):
            return
        raise CannotReadError(
            part.line, "`{kind}` is not known here: its weights cannot be counted.", kind=part.kind
        )
    for value in part.arguments.values():
        if isinstance(value, Unknown):
            raise value.error()
    try:
        yield layer_from_dict(
            {"kind": part.kind} | plain_arguments(machine, part.arguments)
        ).num_params
    except InvalidInputError as error:
        raise CannotReadError(part.line, "{kind}: {error}", kind=part.kind, error=error) from None
