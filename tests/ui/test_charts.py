from mnistcore.run_metrics import Curve
from ui.charts import training_curve


def test_batches_and_validation_are_drawn_on_the_steps_of_the_whole_training() -> None:
    curve = Curve()
    curve.append(1, 2.3)
    curve.append(2, 0.7)

    options = training_curve(curve, [{"step": 2, "valid_loss": 0.5}], "loss", 100)

    assert [dataset["source"] for dataset in options["dataset"]] == [
        [[1, 2.3], [2, 0.7]],
        [[2, 0.5]],
    ]
    assert options["xAxis"]["max"] == 100
    assert options["animation"] is False
