"""What comes out of a layer, what it costs, what it sees: exact, explained, checked in PyTorch."""

from ui.calculator import compare, network, one_layer
from ui.language import N_, _
from ui.menu import open_page
from ui.next_steps import show_next_steps
from ui.parts import Tab, show_tabs, tells_what_is_wrong
from ui.shared_bar import open_bar

TABS = {
    "layer": Tab(N_("One layer"), one_layer.show),
    "network": Tab(N_("A network"), network.show),
    "compare": Tab(N_("Compare"), compare.show),
}


@tells_what_is_wrong
def main() -> None:
    open_page("pages/calculator.py")
    bar = open_bar(_("Calculator"))
    show_tabs(TABS, key="calculation")
    show_next_steps(bar.network)
    bar.show_digit()


main()
