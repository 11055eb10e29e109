"""Stop 5: what layers cost, as blocks; two of 3x3 against one of 5x5, by count and by clock."""

import inspect
from collections.abc import Sequence

import streamlit as st

from mnistcore.in_torch.paired_times import PairedTimes, Spread, duration
from mnistcore.layers.convolution import Conv2d
from mnistcore.lesson.counting import check_guess
from mnistcore.stacks.presets import my_net, repeated_convolution
from mnistcore.stacks.stack import LayerStack, StackRow
from mnistcore.stacks.table import stack_table
from ui.calculator.torch_work import time_networks
from ui.components.cost_blocks.component import Tower, show_cost_blocks
from ui.language import _, each
from ui.lesson import frame
from ui.lesson.texts import cost as texts

CHANNELS = (16, 32, 64, 128)
FIRST = 64
BATCH_SIZE = 16
TIMES = "lesson_times"  # in session state


def show() -> None:
    """Draw the stop."""
    place, control, task = frame.places()
    with control:
        channels = frame.choose(
            _(texts.CONTROL),
            {number: str(number) for number in CHANNELS},
            key="lesson_num_channels",
            default=FIRST,
        )
    stacks = (repeated_convolution(3, 2, channels), repeated_convolution(5, 1, channels))
    with task:
        _ask(stacks, channels)
    times = _times(channels)
    with place:
        show_cost_blocks(
            [
                _tower(name, stack, spread)
                for name, stack, spread in zip(
                    (_(texts.TWO), _(texts.ONE)),
                    stacks,
                    (times.first, times.second) if times else (None, None),
                    strict=True,
                )
            ],
            words=each(texts.WORDS) | {"one": _of_a_place(stacks[0])},
            key="lesson_costs",
        )
    frame.fold(_more)


def _tower(name: str, stack: LayerStack, spread: Spread | None) -> Tower:
    whole = stack.analyse()
    convolutions = [row for row in whole.rows if isinstance(row.layer, Conv2d)]
    kernel_sizes = [_numbers(row)["kernel_size"] for row in convolutions]
    field = whole.rows[-1].receptive_fields[0]
    factors = _factors(convolutions)
    totals = {
        "factors": factors,
        "num_macs": f"{whole.num_macs:,}",
        "num_params": f"{whole.num_params:,}",
        "field": str(field.size if field else 0),
    }
    lines = [_(line, **totals) for line in texts.LINES]
    if spread is None:
        return Tower(name, kernel_sizes, lines)
    took = _(texts.TOOK, time=duration(spread.middle))
    return Tower(name, kernel_sizes, lines, spread.middle, took)


def _factors(convolutions: Sequence[StackRow]) -> str:
    """Return what is multiplied, as the formula has it, for layers that are all alike."""
    factors = texts.FACTORS.format(**_numbers(convolutions[0]))
    times = len(convolutions)
    return texts.TIMES.format(times=times, factors=factors) if times > 1 else factors


def _numbers(row: StackRow) -> dict[str, int]:
    """Return what a convolution's cost is made of."""
    layer, (_, height, width) = row.layer, row.output_shape
    assert isinstance(layer, Conv2d)  # of square kernels, as all of this stop are
    assert isinstance(layer.kernel_size, int)
    return {
        "height": height,
        "width": width,
        "kernel_size": layer.kernel_size,
        "in_channels": layer.in_channels,
        "out_channels": layer.out_channels,
    }


def _of_a_place(stack: LayerStack) -> str:
    """Say what one place of a kernel costs, whatever the kernel's size."""
    row = next(row for row in stack.analyse().rows if isinstance(row.layer, Conv2d))
    numbers = _numbers(row)
    return _(
        texts.SQUARE,
        factors=texts.OF_A_PLACE.format(**numbers),
        num_macs=f"{row.num_macs // numbers['kernel_size'] ** 2:,}",
    )


def _ask(stacks: tuple[LayerStack, LayerStack], channels: int) -> None:
    frame.ask(_(texts.TASK))
    with frame.answers_and_result():
        guess = frame.choose_answer(each(texts.GUESSES), key="lesson_guess")
        measures = st.button(_(texts.MEASURE), icon=":material/timer:", disabled=guess is None)
    if measures:
        with st.spinner(_(texts.MEASURING)):
            st.session_state[TIMES] = (channels, _measure(stacks))
    times = _times(channels)
    if times is None or guess is None:
        frame.solve(None, texts.OUTCOMES)
        return
    macs = [stack.analyse().num_macs for stack in stacks]
    frame.solve(
        check_guess(guess, times.faster),
        texts.OUTCOMES,
        ratio=f"{times.ratio.middle:.2f}",
        macs=f"{macs[0] / macs[1]:.2f}",
    )


def _measure(stacks: tuple[LayerStack, LayerStack]) -> PairedTimes:
    tables = (
        stack_table(_(texts.TWO), stacks[0].analyse()),
        stack_table(_(texts.ONE), stacks[1].analyse()),
    )
    return time_networks(stacks, tables, batch_size=BATCH_SIZE, num_threads=1)


def _times(channels: int) -> PairedTimes | None:
    measured: tuple[int, PairedTimes] | None = st.session_state.get(TIMES)
    return measured[1] if measured and measured[0] == channels else None


def _more() -> None:
    st.markdown(_(texts.MORE))
    rows = [
        (
            repr(row.layer),
            "×".join(map(str, row.output_shape)),
            f"{row.num_params:,}",
            f"{row.num_macs:,}",
        )
        for row in my_net().analyse().rows
        if row.layer.has_weights
    ]
    st.table([dict(zip(map(_, texts.HEAD), row, strict=True)) for row in rows])
    st.code(inspect.getsource(Conv2d.num_macs))
