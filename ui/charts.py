"""Data to chart options. No streamlit, no torch."""

from collections.abc import Sequence
from typing import Any

from mnistcore.run_metrics import Curve, Event

TRAIN_COLOUR = "#8fa8dc"
VALID_COLOUR = "#e07b39"


def training_curve(
    curve: Curve, epochs: Sequence[Event], quantity: str, num_steps: int
) -> dict[str, Any]:
    """Return ECharts options for loss or accuracy along a training.

    ECharts, since plotly's chart is mounted anew whenever its data change, which flickers.

    Args:
        curve: Of the training batches.
        epochs: Their `valid_loss` or `valid_accuracy` are drawn as points.
        quantity: `loss` or `accuracy`.
        num_steps: Of the whole training, so that the axis does not move while it runs.

    >>> options = training_curve(Curve(), [], "loss", 880)
    >>> [series["name"] for series in options["series"]]
    ['training batches', 'validation split']
    """
    valid = [[event["step"], event[f"valid_{quantity}"]] for event in epochs]
    values = [value for _, value in curve.points] + [value for _, value in valid]
    y_axis: dict[str, Any] = {"type": "value", "name": quantity, "scale": True}
    if quantity == "accuracy":
        # Nearly all of a training happens above 90 %; what lies below is its first seconds.
        y_axis |= {"max": 1, "min": 0.9 if values and max(values) > 0.9 else 0}
    else:
        y_axis |= {"type": "log", "min": 0.001, "logBase": 10} if values else {}
    return {
        "animation": False,
        "grid": {"left": 8, "right": 16, "top": 40, "bottom": 24},
        "legend": {"top": 0, "right": 0},
        "tooltip": {"trigger": "axis"},
        "xAxis": {
            "type": "value",
            "max": num_steps,
            "name": "step",
            "nameLocation": "middle",
            "nameGap": 26,
        },
        "yAxis": y_axis,
        "dataset": [{"source": [list(point) for point in curve.points]}, {"source": valid}],
        "series": [
            {
                "name": "training batches",
                "type": "line",
                "datasetIndex": 0,
                "showSymbol": False,
                "lineStyle": {"width": 1.5},
                "color": TRAIN_COLOUR,
            },
            {
                "name": "validation split",
                "type": "line",
                "datasetIndex": 1,
                "symbolSize": 8,
                "lineStyle": {"width": 2},
                "color": VALID_COLOUR,
            },
        ],
    }
