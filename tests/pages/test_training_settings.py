"""What is set on the training page, and the network brought along, is what is trained."""

from dataclasses import asdict

from streamlit.testing.v1 import AppTest

from mnistcore.runs import all_runs
from mnistcore.stacks.json_format import stack_to_dict
from mnistcore.stacks.presets import alexnet, lenet5
from mnistcore.stacks.stack import LayerStack
from mnistcore.training.recipes import RECIPES
from tests.pages.conftest import OpenPage
from tests.pages.training_page import PAGE, finished_run, press


def bring(page: AppTest, network: LayerStack) -> None:
    """Come from the calculator with a network, and choose it."""
    page.session_state["brought_network"] = stack_to_dict(network)
    page.query_params["train"] = "calculator"
    page.run()
    page.selectbox(key="training_network").select("~calculator").run()


def test_start_works_without_touching_anything(open_page: OpenPage, started: list[str]) -> None:
    page = open_page(PAGE)

    page.button[0].click().run()

    assert not page.exception
    assert started == ["mynet-default-1"]
    assert all_runs.find_run("mynet-default-1").config.recipe.epochs == RECIPES["default"].epochs


def test_what_is_set_is_what_is_trained(open_page: OpenPage, started: list[str]) -> None:
    page = open_page(PAGE)

    page.selectbox(key="recipe").select("article").run()
    page.number_input(key="epochs").set_value(2).run()
    page.number_input(key="batch_size").set_value(64).run()
    page.button[0].click().run()

    recipe = asdict(all_runs.find_run(started[0]).config.recipe)
    assert recipe == {
        "epochs": 2,
        "batch_size": 64,
        "learning_rate": 0.001,
        "schedule": "constant",
        "augmentation": 0,
        "seed": 1,
        "optimizer": "Adam",
        "weight_decay": 0,
        "label_smoothing": 0,
        "thickening": 0,
        "data": "mnist",
        "precision": "float32",
        "rules": 2,
    }


def test_every_setting_has_a_field_with_help_and_reaches_the_run(
    open_page: OpenPage, started: list[str]
) -> None:
    page = open_page(PAGE)
    page.selectbox(key="training_network").select("dense").run()
    page.selectbox(key="schedule").select("cosine").run()
    page.selectbox(key="optimizer").select("SGD").run()
    page.number_input(key="weight_decay").set_value(0.01).run()
    page.slider(key="label_smoothing").set_value(0.1).run()
    page.slider(key="augmentation").set_value(0.3).run()
    page.number_input(key="seed").set_value(7).run()
    page.selectbox(key="device").select("cpu").run()

    press(page, "Start")

    assert not page.exception
    config = all_runs.find_run(started[0]).config
    assert (config.network, config.device) == ("dense", "cpu")
    given = {name: getattr(config.recipe, name) for name in ("schedule", "optimizer", "seed")}
    assert given == {"schedule": "cosine", "optimizer": "SGD", "seed": 7}
    shares = [
        getattr(config.recipe, n) for n in ("weight_decay", "label_smoothing", "augmentation")
    ]
    assert shares == [0.01, 0.1, 0.3]
    assert all(w.help for w in (*page.number_input, *page.selectbox, *page.slider))


def test_the_form_is_as_it_was_left(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.selectbox(key="training_network").select("dense").run()
    page.selectbox(key="recipe").select("article").run()
    page.number_input(key="epochs").set_value(7).run()

    page.switch_page("pages/convolution.py").run()
    page.switch_page(PAGE).run()

    assert page.selectbox(key="training_network").value == "dense"
    assert page.selectbox(key="recipe").value == "article"
    assert page.number_input(key="epochs").value == 7
    assert page.number_input(key="batch_size").value == RECIPES["article"].batch_size


def test_a_network_brought_goes_before_the_one_left(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.selectbox(key="training_network").select("dense").run()
    page.switch_page("pages/convolution.py").run()

    page.session_state["brought_network"] = stack_to_dict(lenet5())
    page.query_params["train"] = "calculator"
    page.switch_page(PAGE).run()

    assert page.selectbox(key="training_network").value == "~calculator"


def test_who_brings_a_network_lands_in_no_older_run(open_page: OpenPage) -> None:
    finished_run("older")
    page = open_page("pages/convolution.py")
    page.session_state["brought_network"] = stack_to_dict(lenet5())
    page.query_params["train"] = "calculator"

    page.switch_page(PAGE).run()

    assert page.selectbox(key="run").value is None
    assert "press Start" in page.info[0].value
    page.selectbox(key="run").select("older").run()
    assert any("**older** is finished" in text.value for text in page.markdown)


def test_the_calculators_network_is_offered_and_trained(
    open_page: OpenPage, started: list[str]
) -> None:
    page = open_page(PAGE)
    bring(page, lenet5())

    press(page, "Start")

    assert started == ["stack-default-1"]
    assert all_runs.find_run(started[0]).config.network == stack_to_dict(lenet5())


def test_a_network_that_cannot_be_trained_is_explained(
    open_page: OpenPage, started: list[str]
) -> None:
    page = open_page(PAGE)
    bring(page, alexnet())

    press(page, "Start")

    assert started == []
    assert "MNIST's are (1, 28, 28)" in page.error[0].value
