"""Data to chart options. No torch.

ECharts, since plotly's chart is mounted anew whenever its data change, which flickers. Every curve
is bounded (`runs.curve`), so that what is sent does not grow with the run.
"""

import math
from collections.abc import Mapping
from typing import Any

from mnistcore.runs.metrics import RunMetrics
from mnistcore.training.recipes import Recipe
from mnistcore.training.schedules import planned_rates
from ui.colours import SERIES
from ui.language import N_, _, n_

TRAIN_COLOUR, VALID_COLOUR, RATE_COLOUR = SERIES[:3]
RAW_COLOUR = f"{TRAIN_COLOUR}66"  # the smoothed one's, faint

QUANTITIES = {"loss": N_("loss"), "accuracy": N_("accuracy")}
ACCURACY_AXIS_STARTS = (0.0, 0.5, 0.8, 0.9)
HIDDEN = 0.02  # of a chart's width at most lies below where its axis starts

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
    series = [
        _line(_("raw"), raw, RAW_COLOUR, width=1),
        _line(_("smooth"), smoothed, TRAIN_COLOUR),
        _line(_("valid"), valid, VALID_COLOUR, symbol_size=7),
    ]
    num_steps = metrics.num_steps
    return _chart(_(QUANTITIES[quantity]), num_steps, *_axis(quantity, series, num_steps), series)


def learning_rate_curve(metrics: RunMetrics) -> Options:
    """Return the learning rate along a training, with the changes made by hand marked.

    Args:
        metrics: What the run has reported.
    """
    line = _line("", _rounded(metrics.learning_rate.points), RATE_COLOUR)
    changes = [{"xAxis": change.step} for change in metrics.changes[-20:]]
    line["markLine"] = {"symbol": "none", "label": {"show": False}, "data": changes}
    return _chart(_("learning rate"), metrics.num_steps, {"type": "value"}, "", [line])


def planned_rate(recipe: Recipe) -> Options:
    """Return the learning rate that a recipe plans for its training, by epoch.

    Args:
        recipe: How to train.
    """
    line = _line("", _rounded(planned_rates(recipe)), RATE_COLOUR)
    options = _chart(_("learning rate"), recipe.epochs, {"type": "value"}, "", [line])
    options["grid"] |= {"top": 34, "bottom": 4}  # it stands in a narrow column
    options["xAxis"] |= {"name": _("epoch"), "splitNumber": 2}
    options["yAxis"] |= {"min": 0, "splitNumber": 2}
    options["aria"]["label"]["description"] = _(
        "Chart of the learning rate by epoch, as planned. Its highest is {peak:g}.",
        peak=recipe.learning_rate,
    )
    return options


def layer_sizes(metrics: RunMetrics) -> Options:
    """Return the size of each layer's weights and of its gradient along a training.

    Args:
        metrics: What the run has reported.
    """
    series = []
    for number, layer in enumerate(list(metrics.weights)[: len(SERIES)]):
        colour = SERIES[number]
        gradient = metrics.gradients[layer].points
        series.append(_line(layer, _rounded(metrics.weights[layer].points), colour))
        dashes = _line(layer, _rounded(gradient), colour, width=1)
        dashes["lineStyle"]["type"] = "dashed"
        dashes["spoken"] = _("gradient of {layer}", layer=layer)
        series.append(dashes)
    options = _chart(_("layers"), metrics.num_steps, *_log_axis(series), series)
    options["grid"]["top"] = 68  # room for two rows of names
    options["legend"]["left"] = 70
    return options


def compared_curves(runs: Mapping[str, RunMetrics], quantity: str) -> Options:
    """Return several runs' smoothed curves and validation points over one another.

    Args:
        runs: What each run, by its name, has reported.
        quantity: `loss` or `accuracy`.
    """
    series = []
    for colour, (name, metrics) in zip(SERIES, runs.items(), strict=False):
        curve = metrics.loss if quantity == "loss" else metrics.accuracy
        smoothed = _rounded(curve.smooth.points)
        valid = _rounded((e.step, getattr(e, f"valid_{quantity}")) for e in metrics.epochs)
        series.append(_line(name, smoothed, colour, width=1.5))
        points = _line(name, valid, colour, symbol_size=7)
        points["type"] = "scatter"
        points["spoken"] = _("{name}, validation split", name=name)
        series.append(points)
    longest = max((metrics.num_steps for metrics in runs.values()), default=1)
    axis = _axis(quantity, series, longest)
    return _chart(_(QUANTITIES[quantity]), longest, *axis, series)


def _chart(
    title: str, num_steps: int, y_axis: Options, left_out: str, series: list[Options]
) -> Options:
    """Return a chart over the steps, whose axis does not move while the run goes on."""
    return {
        "animation": False,
        "aria": {"enabled": True, "label": {"description": _spoken(title, series)}},
        "grid": {"left": 8, "right": 16, "top": 58, "bottom": 30},
        "legend": {"top": 4, "right": 0, "icon": "roundRect", "itemWidth": 10, "itemHeight": 10},
        "title": {
            "text": title.capitalize(),
            "subtext": left_out,
            "textStyle": {"fontSize": 14},
            "subtextStyle": {"fontSize": 11},
            "itemGap": 15,  # the note stands below the names, which are on the title's right
            "top": 4,
            "left": 0,
        },
        "tooltip": {"trigger": "axis"},
        "xAxis": {
            "type": "value",
            "max": num_steps,
            "name": _("step"),
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


def _spoken(title: str, series: list[Options]) -> str:
    """Return the chart for who hears it: ECharts' own words are English, and list the points."""
    ends = []
    for one in series:
        name = one.pop("spoken", "") or one["name"] or title
        if one["points"]:
            step, value = one["points"][-1]
            ends.append(_("{name} {value:g} at step {step:,}", name=name, value=value, step=step))
    if not ends:
        return _("Chart of {title} by step, without a point so far.", title=title)
    return _("Chart of {title} by step. Last points: {ends}.", title=title, ends="; ".join(ends))


def _axis(quantity: str, series: list[Options], num_steps: int) -> tuple[Options, str]:
    return _log_axis(series) if quantity == "loss" else _accuracy_axis(series, num_steps)


def _accuracy_axis(series: list[Options], num_steps: int) -> tuple[Options, str]:
    """Return an axis on which every run's end and every epoch is seen, and what lies below it.

    Nearly all of a long training happens above 90%, and of its climb there a chart shows no more
    than an upright line; of a short one the climb is what there is to see.
    """
    epochs = [value for one in series if one["showSymbol"] for _, value in one["points"]]
    ends = [one["points"][-1][1] for one in series if one["points"]]
    lowest = min([*epochs, *ends], default=0.0)
    early = [
        value
        for one in series
        for step, value in one["points"]
        if step > HIDDEN * num_steps and one["color"] != RAW_COLOUR
    ]
    least = max(start for start in ACCURACY_AXIS_STARTS if start <= min([lowest, *early]))
    hidden = any(value < least for one in series for _, value in one["points"])
    text = _("What lies below {least:.0%} is not shown", least=least)
    return {"type": "value", "min": least, "max": 1}, text if hidden else ""


def _log_axis(series: list[Options]) -> tuple[Options, str]:
    """Return an axis of powers of ten for all that can be on one, and what cannot, taken out."""
    before = sum(len(one["points"]) for one in series)
    for one in series:
        one["points"] = [[x, y] for x, y in one["points"] if 0 < y < math.inf]
    values = [value for one in series for _, value in one["points"]]
    left_out = before - len(values)
    text = n_(
        "{count} point at 0 or beyond all numbers is not shown",
        "{count} points at 0 or beyond all numbers are not shown",
        left_out,
    )
    text = text if left_out else ""
    if not values:
        return {"type": "value"}, text
    return {"type": "log", "logBase": 10, "min": 10 ** math.floor(math.log10(min(values)))}, text


def _rounded(points: Any) -> Points:
    """Return points short enough to be sent twice a second."""
    return [[step, float(f"{value:.4g}")] for step, value in points]
