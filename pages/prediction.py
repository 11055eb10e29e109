"""Draw a digit and have it read; leaf through the test set with the predictions written on it."""

from ui.language import N_, _
from ui.menu import open_page
from ui.network_choice import choose_network
from ui.networks import READER
from ui.parts import Tab, show_tabs, tells_what_is_wrong
from ui.prediction import draw, gallery, photo, slideshow

TABS = {
    "draw": Tab(N_("Draw"), draw.show),
    "photo": Tab(N_("Photo"), lambda network, _: photo.show(network)),
    "test-set": Tab(N_("Test set"), lambda network, _: gallery.show(network)),
    "slideshow": Tab(N_("Slideshow"), lambda network, _: slideshow.show(network)),
}


@tells_what_is_wrong
def main() -> None:
    open_page("pages/prediction.py")
    chosen = choose_network(_("Have a digit read"), READER)
    if chosen is not None:
        network, bar = chosen
        bar.show_digit(network)
        show_tabs(TABS, network, bar, key="view")


main()
