"""Data to chart options. No streamlit, no torch.

ECharts, since plotly's chart is mounted anew whenever its data change, which flickers. Every curve
is bounded (`runs.curve`), so that what is sent does not grow with the run.
"""

from collections.abc import Mapping
from typing import Any

from mnistcore.runs.metrics import RunMetrics

RAW_COLOUR = "#8fa8dc66"
TRAIN_COLOUR = "#4f7be0"
VALID_COLOUR = "#e07b39"
RATE_COLOUR = "#1f9d61"
PALETTE = (
    "#4f7be0",
    "#e07b39",
    "#1f9d61",
    "#b455c9",
    "#c9a227",
    "#2aa5b8",
    "#d9482f",
    "#7a7f8a",
)

Options = dict[str, Any]
Points = list[list[float]]


def training_curve(metrics: RunMetrics, quantity: str) -> Options:
    """Return loss or accuracy along a training: raw, smoothed, and of the validation split.

    Args:
        metrics: What the run has reported.
        quantity: `loss` or `accuracy`.

    >>> from pathlib import Path
    >>> options = training_curve(RunMetrics(Path("none")), "loss")
    >>> [series["name"] for series in options["series"]]
    ['raw', 'smooth', 'valid']
    """
    curve = metrics.loss if quantity == "loss" else metrics.accuracy
    raw = _rounded(curve.points)
    smoothed = _rounded(curve.smooth.points)
    valid = _rounded((e.step, getattr(e, f"valid_{quantity}")) for e in metrics.epochs)
    return _chart(
        quantity,
        metrics.num_steps,
        _quantity_axis(quantity, raw + valid),
        [
            _line("raw", raw, RAW_COLOUR, width=1),
            _line("smooth", smoothed, TRAIN_COLOUR),
            _line("valid", valid, VALID_COLOUR, symbol_size=7),
        ],
    )


def learning_rate_curve(metrics: RunMetrics) -> Options:
    """Return the learning rate along a training, with the changes made by hand marked.

    Args:
        metrics: What the run has reported.
    """
    line = _line("", _rounded(metrics.learning_rate.points), RATE_COLOUR)
    changes = [{"xAxis": change.step} for change in metrics.changes[-20:]]
    line["markLine"] = {"symbol": "none", "label": {"show": False}, "data": changes}
    return _chart("learning rate", metrics.num_steps, {"type": "value"}, [line])


def layer_sizes(metrics: RunMetrics) -> Options:
    """Return the size of each layer's weights and of its gradient along a training.

    Args:
        metrics: What the run has reported.
    """
    series = []
    for number, layer in enumerate(list(metrics.weights)[: len(PALETTE)]):
        colour = PALETTE[number]
        gradient = [point for point in metrics.gradients[layer].points if point[1] > 0]
        series.append(_line(layer, _rounded(metrics.weights[layer].points), colour))
        dashes = _line(layer, _rounded(gradient), colour, width=1)
        dashes["lineStyle"]["type"] = "dashed"
        series.append(dashes)
    options = _chart("layers", metrics.num_steps, {"type": "log"}, series)
    options["grid"]["top"] = 68  # room for two rows of names
    options["legend"]["left"] = 70
    return options


def compared_curves(runs: Mapping[str, RunMetrics], quantity: str) -> Options:
    """Return several runs' smoothed curves and validation points over one another.

    Args:
        runs: What each run, by its name, has reported.
        quantity: `loss` or `accuracy`.
    """
    series, values = [], []
    for colour, (name, metrics) in zip(PALETTE, runs.items(), strict=False):
        curve = metrics.loss if quantity == "loss" else metrics.accuracy
        smoothed = _rounded(curve.smooth.points)
        valid = _rounded((e.step, getattr(e, f"valid_{quantity}")) for e in metrics.epochs)
        series.append(_line(name, smoothed, colour, width=1.5))
        points = _line(name, valid, colour, symbol_size=7)
        points["type"] = "scatter"
        series.append(points)
        values += smoothed + valid
    longest = max((metrics.num_steps for metrics in runs.values()), default=1)
    return _chart(quantity, longest, _quantity_axis(quantity, values), series)


def _chart(title: str, num_steps: int, y_axis: Options, series: list[Options]) -> Options:
    """Return a chart over the steps, whose axis does not move while the run goes on."""
    return {
        "animation": False,
        "grid": {"left": 8, "right": 16, "top": 52, "bottom": 30},
        "legend": {"top": 4, "right": 0, "icon": "roundRect", "itemWidth": 10, "itemHeight": 10},
        "title": {"text": title.capitalize(), "textStyle": {"fontSize": 14}, "top": 4, "left": 0},
        "tooltip": {"trigger": "axis"},
        "xAxis": {
            "type": "value",
            "max": num_steps,
            "name": "step",
            "nameLocation": "middle",
            "nameGap": 26,
        },
        "yAxis": {"scale": True, **y_axis},
        "dataset": [{"source": one.pop("points")} for one in series],
        "series": [{**one, "datasetIndex": index} for index, one in enumerate(series)],
    }


def _line(
    name: str, points: Points, colour: str, *, width: float = 2, symbol_size: int = 0
) -> Options:
    return {
        "name": name,
        "type": "line",
        "points": points,
        "showSymbol": symbol_size > 0,
        "symbolSize": symbol_size,
        "lineStyle": {"width": width},
        "color": colour,
    }


def _quantity_axis(quantity: str, points: Points) -> Options:
    values = [value for _, value in points]
    if quantity == "accuracy":
        # Nearly all of a training happens above 90 %; what lies below is its first seconds.
        return {"type": "value", "max": 1, "min": 0.9 if values and max(values) > 0.9 else 0}
    return {"type": "log", "min": 0.001, "logBase": 10} if values else {"type": "value"}


def _rounded(points: Any) -> Points:
    """Return points short enough to be sent twice a second."""
    return [[step, float(f"{value:.4g}")] for step, value in points]
