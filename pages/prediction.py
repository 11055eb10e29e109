"""Draw a digit and have it read; leaf through the test set with the predictions written on it."""

from ui.menu import open_page
from ui.network_choice import choose_network
from ui.networks import READER
from ui.parts import Tab, show_tabs, tells_what_is_wrong
from ui.prediction import draw, gallery, photo, slideshow

TABS = {
    "draw": Tab("Draw", draw.show),
    "photo": Tab("Photo", lambda network, _: photo.show(network)),
    "test-set": Tab("Test set", lambda network, _: gallery.show(network)),
    "slideshow": Tab("Slideshow", lambda network, _: slideshow.show(network)),
}


@tells_what_is_wrong
def main() -> None:
    open_page("pages/prediction.py")
    chosen = choose_network("Have a digit read", READER)
    if chosen is not None:
        network, bar = chosen
        bar.show_digit(network)
        show_tabs(TABS, network, bar, key="view")


main()
