"""Draw a digit and have it read; leaf through the test set with the predictions written on it."""

from ui.menu import open_page
from ui.network_choice import choose_network
from ui.networks import READER
from ui.parts import Tab, show_tabs, tells_what_is_wrong
from ui.prediction import draw, gallery, photo, slideshow

TABS = {
    "draw": Tab("Draw", draw.show),
    "photo": Tab("Photo", photo.show),
    "test-set": Tab("Test set", gallery.show),
    "slideshow": Tab("Slideshow", slideshow.show),
}


@tells_what_is_wrong
def main() -> None:
    open_page("pages/prediction.py")
    network = choose_network("Have a digit read", READER)
    if network is not None:
        show_tabs(TABS, network, key="view")


main()
