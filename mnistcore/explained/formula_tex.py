"""The calculator's formulas in TeX with the numbers in them, the floor made visible.

Imports neither torch nor numpy.
"""

from fractions import Fraction

from mnistcore.layers.convolution import Convolution, TransposedConvolution
from mnistcore.layers.layer import Layer, Shape
from mnistcore.layers.linear import Linear
from mnistcore.layers.pooling import Pooling
from mnistcore.layers.window import AxisArguments, WindowLayer


def size_formulas(layer: Layer, input_shape: Shape) -> list[str]:
    r"""Return how the output size of each axis comes about; one formula where axes are alike.

    >>> from mnistcore.layers.kinds import Conv1d
    >>> print(size_formulas(Conv1d(1, 1, 3, stride=2, padding=1), (1, 28))[0])
    \begin{aligned}
    o &= \left\lfloor\frac{i+2p-d(k-1)-1}{s}\right\rfloor+1\\
    &= \left\lfloor\frac{28+2\cdot 1-1\cdot(3-1)-1}{2}\right\rfloor+1\\
    &= \left\lfloor 13\tfrac{1}{2}\right\rfloor+1 = 13+1 = \mathbf{14}
    \end{aligned}
    """
    if not isinstance(layer, WindowLayer):
        return []
    sizes = layer.output_shape(input_shape)[1:]
    formulas = [
        _size_formula(layer, size, axis, output, place)
        for place, ((_, size, axis), output) in enumerate(
            zip(layer.named_axes(input_shape), sizes, strict=True)
        )
    ]
    return list(dict.fromkeys(formulas))


def params_formula(layer: Layer) -> str:
    r"""Return how the number of parameters comes about.

    >>> from mnistcore.layers.kinds import Conv2d
    >>> print(params_formula(Conv2d(1, 16, 3)))
    \underbrace{3\cdot 3\cdot 1\cdot 16}_{\text{weights}}+\underbrace{16}_{\text{bias}} = 160
    """
    if isinstance(layer, Convolution):
        factors = (*_kernel(layer), _channels(layer.in_channels, layer.groups), layer.out_channels)
        outputs = layer.out_channels
    elif isinstance(layer, Linear):
        factors, outputs = (layer.in_features, layer.out_features), layer.out_features
    else:
        return _number(layer.num_params)
    weights = rf"\underbrace{{{_product(factors)}}}_{{\text{{weights}}}}"
    bias = rf"+\underbrace{{{_number(outputs)}}}_{{\text{{bias}}}}" if layer.bias else ""
    return f"{weights}{bias} = {_number(layer.num_params)}"


def macs_formula(layer: Layer, input_shape: Shape) -> str:
    r"""Return how the number of multiply-adds comes about.

    >>> from mnistcore.layers.kinds import Conv2d
    >>> print(macs_formula(Conv2d(1, 16, 3), (1, 28, 28)))
    \underbrace{26\cdot 26}_{\text{outputs}}\cdot 3\cdot 3\cdot 1\cdot 16 = 97{,}344
    """
    total = _number(layer.num_macs(input_shape))
    if isinstance(layer, Convolution):
        places = layer.window_counts(input_shape)
        word = "inputs" if isinstance(layer, TransposedConvolution) else "outputs"
        factors = (*_kernel(layer), _channels(layer.in_channels, layer.groups), layer.out_channels)
        return (
            rf"\underbrace{{{_product(places)}}}_{{\text{{{word}}}}}\cdot {_product(factors)}"
            f" = {total}"
        )
    if isinstance(layer, Linear):
        factors = (*input_shape[:-1], layer.in_features, layer.out_features)
        return f"{_product(factors)} = {total}"
    return total


def _size_formula(
    layer: WindowLayer, size: int, axis: AxisArguments, output: int, place: int
) -> str:
    if isinstance(layer, TransposedConvolution):
        return _transposed_formula(size, axis, layer.for_each_axis("output_padding")[place], output)
    kernel, stride, dilation = axis["kernel_size"], axis["stride"], axis["dilation"]
    padding_symbol, padding_number = "2p", rf"2\cdot {axis['padding']}"
    padding = 2 * axis["padding"]
    if layer.padding == "same":
        padding = dilation * (kernel - 1)
        padding_symbol, padding_number = "P", str(padding)
    rounding = "floor"
    steps = Fraction(size + padding - dilation * (kernel - 1) - 1, stride)
    if isinstance(layer, Pooling) and layer.ceil_mode:
        rounding = "ceil"
    whole = -(-steps // 1) if rounding == "ceil" else steps // 1
    left, right = rf"\left\l{rounding}", rf"\right\r{rounding}"
    last = rf"&= {left} {_mixed(steps)}{right}+1 = {whole}+1 = "
    if whole + 1 == output:
        last += rf"\mathbf{{{output}}}"
    else:
        last += rf"{whole + 1}\\" + "\n"
        last += rf"&\to {whole + 1}-1 = \mathbf{{{output}}}\ \text{{(the last one starts outside)}}"
    return _aligned(
        rf"o &= {left}\frac{{i+{padding_symbol}-d(k-1)-1}}{{s}}{right}+1",
        rf"&= {left}\frac{{{size}+{padding_number}-{dilation}\cdot({kernel}-1)-1}}{{{stride}}}"
        rf"{right}+1",
        last,
    )


def _transposed_formula(size: int, axis: AxisArguments, extra: int, output: int) -> str:
    kernel, stride = axis["kernel_size"], axis["stride"]
    return _aligned(
        r"o &= (i-1)s-2p+d(k-1)+p_\text{out}+1",
        rf"&= ({size}-1)\cdot {stride}-2\cdot {axis['padding']}+{axis['dilation']}\cdot"
        rf"({kernel}-1)+{extra}+1",
        rf"&= {(size - 1) * stride}-{2 * axis['padding']}+{axis['dilation'] * (kernel - 1)}"
        rf"+{extra}+1 = \mathbf{{{output}}}",
    )


def _aligned(*lines: str) -> str:
    return "\\begin{aligned}\n" + "\\\\\n".join(lines) + "\n\\end{aligned}"


def _mixed(number: Fraction) -> str:
    """Return a fraction as a whole and a proper part, so that one sees what the floor takes."""
    whole, part = divmod(abs(number), 1)
    sign = "-" if number < 0 else ""
    if not part:
        return f"{sign}{whole}"
    fraction = rf"\tfrac{{{part.numerator}}}{{{part.denominator}}}"
    return f"{sign}{whole or ''}{fraction}"


def _kernel(layer: Convolution) -> tuple[int, ...]:
    return layer.for_each_axis("kernel_size")


def _channels(channels: int, groups: int) -> int | str:
    return channels if groups == 1 else rf"\tfrac{{{channels}}}{{{groups}}}"


def _product(factors: tuple[int | str, ...]) -> str:
    return r"\cdot ".join(_number(factor) for factor in factors)


def _number(number: int | str) -> str:
    return f"{number:,}".replace(",", "{,}") if isinstance(number, int) else number
