"""The start page: what this is, and the doors."""

import streamlit as st

from mnistcore.stacks.presets import my_net
from ui import mnist
from ui.menu import PAGES, PRODUCT, open_page
from ui.network_strip import network_strip

DOORS = {
    "pages/convolution.py": "Watch one kernel slide over one digit, every product written out. "
    "Draw your own digit, type your own kernel.",
    "pages/calculator.py": "What size comes out of a layer, what it costs, and why: the formula "
    "with your numbers in it.",
    "pages/training.py": "Train the article's network on 55,000 digits and watch the curves grow. "
    "It takes less than a minute.",
    "pages/prediction.py": "Draw a digit and have it read while the pen is still warm. Then leaf "
    "through 10,000 test digits.",
    "pages/network.py": "Follow a digit through the network, map by map. Click any value and read "
    "the sum that made it.",
}
DOOR_WIDTH_PX = 262  # three beside each other next to the menu


def main() -> None:
    open_page("app.py")
    st.title(PRODUCT)
    st.markdown(
        "A small network that reads handwritten digits, laid open: **watch** a kernel slide, "
        "**compute** what comes out and what it costs, **train** the network, **draw** for it."
    )
    images, labels = mnist.images_and_labels()
    st.html(network_strip(my_net().analyse(), images[0], labels[0]))
    doors = st.container(horizontal=True)
    for page, text in DOORS.items():
        title, icon = PAGES[page]
        with doors.container(border=True, width=DOOR_WIDTH_PX, height="stretch"):
            st.subheader(f"{icon} {title}", anchor=False)
            st.markdown(text)
            st.page_link(page, label=f"Open {title.lower()}", icon=":material/arrow_forward:")
    st.caption(
        "The network and the order of the lesson follow an article by afsya, published under "
        "CC BY-SA 4.0. MNIST is by Yann LeCun, Corinna Cortes and Christopher J. C. Burges. "
        "All of it runs on this machine: nothing you draw leaves it."
    )


main()
