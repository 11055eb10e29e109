"""What to train and how: the form on the training page's left."""

from dataclasses import asdict, replace
from typing import Any

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.models.catalogue import NETWORK_NAMES, Network
from mnistcore.runs import all_runs
from mnistcore.runs.schema import DEVICES
from mnistcore.training.recipes import CHOICES, LIMITS, RECIPES, Recipe
from mnistcore.training.setting_texts import EXPLANATIONS
from ui import brought_network, shared
from ui.language import N_, _, one_after_another, p_, said
from ui.networks import TITLES, run_key
from ui.operator_log import log_refusal
from ui.operator_settings import starting
from ui.plain_text import sentence
from ui.training.charts import planned_rate
from ui.training.own_drawings import chosen_drawings, show_switch
from ui.visitor import is_awaited, owner

SHARES = {
    "label_smoothing": 0.01,
    "augmentation": 0.1,
    "thickening": 0.1,
}  # and the step of their sliders
NUMBERS = ("epochs", "batch_size", "learning_rate")
MORE_CHOICES = ("schedule", "optimizer", "precision")
MORE_NUMBERS = ("weight_decay", "seed")
KEYS = (
    *("training_network", "recipe", "device"),
    *(*NUMBERS, *MORE_CHOICES, *MORE_NUMBERS, *SHARES),
)
KEPT = "training_settings"  # in session state: the values of `KEYS`
FROM_CALCULATOR = "~calculator"  # in the choice of a network; none of the library is called so
NAMES = {FROM_CALCULATOR: N_("From the calculator"), **TITLES, "dense": N_("Linear layers only")}
# `drawing` first generates drawings for minutes
PAGE_RECIPES = ("article", "default", "quick", "thorough", "deep")


def show_settings() -> None:
    """Draw the form; Start works without touching anything."""
    st.header(_("A new run"))
    top = st.container()  # in sight wherever the page opens; what it starts is chosen below
    recall_settings()
    network = st.selectbox(
        _("Network"),
        [*([FROM_CALCULATOR] if brought_network.has_come() else []), *NETWORK_NAMES],
        format_func=lambda name: _(NAMES[name]),
        key="training_network",
        help=_(
            "What learns. {networks} The calculator can hand over any stack of layers: press its "
            "button to train it.",
            networks=one_after_another(map(_, NETWORK_NAMES.values())),
        ),
    )
    recipe = st.selectbox(
        _("Recipe"),
        PAGE_RECIPES,
        key="recipe",
        on_change=take_over_recipe,
        help=_(
            "`article` is the lesson's own: Adam with its defaults, every epoch alike. "
            "`default` lets the learning rate rise and fall, and is as good in one epoch. "
            "`quick` turns and shifts the images as well, and takes half a minute; `thorough` "
            "does so for minutes. `deep` is for `deep-net`."
        ),
    )
    for name in NUMBERS:
        show_number(name, recipe)
    with st.expander(_("More settings"), key="more_settings"):
        show_more(recipe)
    st.session_state[KEPT] = {key: st.session_state[key] for key in KEYS}
    show_switch()
    title = "stack" if network == FROM_CALCULATOR else network
    with top:
        show_start(all_runs.suggest_name(f"{title}-{recipe}"))


def show_start(name: str) -> None:
    """Draw the button that begins a run of this name, and what came of its last press."""
    st.button(
        p_("begin a run", "Start"),
        type="primary",
        icon=":material/play_arrow:",
        on_click=start_run,
        args=(name,),
        width="stretch",
        disabled=is_awaited(),
        help=_(
            "Begins a process of its own, which goes on when you leave. One run trains at a "
            "time; others wait in line."
        ),
    )
    for key, tell in (("start_error", st.error), ("start_note", st.info)):
        if key in st.session_state:
            tell(sentence(st.session_state.pop(key)))


def show_more(recipe: str) -> None:
    """Draw what few visitors change."""
    for name in MORE_CHOICES:
        show_choice(name, recipe)
        if name == "schedule":  # at the same time the browser gets what draws a run's curves
            st.echarts_chart(planned_rate(chosen_recipe()), height=170, key="planned_rate")
    for name in SHARES:
        show_share(name, recipe)
    for name in MORE_NUMBERS:
        show_number(name, recipe)
    st.selectbox(
        _("Device"),
        DEVICES,
        key="device",
        help=_(
            "What computes: `auto` takes CUDA where there is one, else Apple's MPS, else the CPU."
        ),
    )


def recall_settings() -> None:
    """Fill the form as it was left: Streamlit forgets what a page shows once it is left."""
    kept = dict(st.session_state.get(KEPT, {"recipe": "default"}))
    if brought_network.has_come() or kept.get("training_network") == FROM_CALCULATOR:
        kept.pop("training_network", None)  # what stands first: the calculator's, if one is brought
    for key, value in kept.items():
        st.session_state.setdefault(key, value)


def show_number(name: str, recipe: str) -> None:
    """Draw a number's field, between the library's limits."""
    default = asdict(RECIPES[recipe])[name]
    low, high = LIMITS[name]
    whole = isinstance(default, int) and name != "weight_decay"
    kind: Any = int if whole else float
    st.session_state.setdefault(name, kind(default))  # a recipe's button may have set it already
    st.number_input(
        label(name),
        kind(low),
        kind(high),
        step=kind(1 if whole else 0.001),
        format=None if whole else "%.4f",
        key=name,
        help=_(EXPLANATIONS[name]),
    )


def show_choice(name: str, recipe: str) -> None:
    """Draw a choice."""
    st.session_state.setdefault(name, asdict(RECIPES[recipe])[name])
    st.selectbox(
        label(name),
        CHOICES[name],
        key=name,
        help=_(EXPLANATIONS[name]),
    )


def show_share(name: str, recipe: str) -> None:
    """Draw a slider for a setting that is a share."""
    low, high = LIMITS[name]
    st.session_state.setdefault(name, float(asdict(RECIPES[recipe])[name]))
    st.slider(
        label(name),
        float(low),
        float(high),
        step=SHARES[name],
        key=name,
        help=_(EXPLANATIONS[name]),
    )


def take_over_recipe() -> None:
    """Fill the form with the chosen recipe."""
    chosen = RECIPES.get(st.session_state["recipe"])
    for name, value in {} if chosen is None else asdict(chosen).items():
        if name in st.session_state:
            kind = type(st.session_state[name])
            st.session_state[name] = kind(value)


def start_run(name: str) -> None:
    """Start one run: of two tabs that were offered the same name, one gets it, both see it."""
    state = st.session_state
    try:
        network, recipe = chosen_network(), chosen_recipe()
        started_by = owner()
        with starting(recipe.epochs, is_new=True):
            is_own = _start(name, network, recipe, started_by)
    except InvalidInputError as error:
        log_refusal(__name__, error)
        state["start_error"] = said(error)
        return
    if is_own:  # on a phone the run is below the form, out of sight
        st.toast(_("{name} has begun: its curves are under Runs.", name=name))
    else:
        state["start_note"] = _(
            "{name} was started a moment ago, from another tab: here it is.", name=name
        )
    state["run"] = name
    shared.use_network(run_key(name))


def _start(name: str, network: Network, recipe: Recipe, started_by: str) -> bool:
    """Start a run and return True; False if there is one of this name already."""
    try:
        run = all_runs.create_run(
            name,
            network=network,
            recipe=recipe,
            device=st.session_state["device"],
            owner=started_by,
            own_drawings=chosen_drawings(),
        )
        all_runs.start(run)
    except InvalidInputError:
        if name not in [run.name for run in all_runs.list_runs()]:
            raise
        return False
    return True


def chosen_network() -> Network:
    """Return the network of the form."""
    name: str = st.session_state["training_network"]
    if name != FROM_CALCULATOR:
        return name
    return brought_network.brought() or name


def chosen_recipe() -> Recipe:
    """Return the recipe with what the form says so far."""
    recipe = RECIPES[st.session_state["recipe"]]
    return replace(
        recipe,
        **{key: st.session_state[key] for key in asdict(recipe) if key in st.session_state},
    )


def label(name: str) -> str:
    """Return a setting's name as a label.

    >>> label("batch_size")
    'Batch size'
    """
    return _(name.replace("_", " ").capitalize())
