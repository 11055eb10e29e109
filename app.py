"""The start page: what this is, and the doors."""

import streamlit as st

from ui.menu import PAGES, PRODUCT, open_page

DOORS = {
    "pages/convolution.py": "Watch one kernel slide over one digit, every product written out. "
    "Draw your own digit, type your own kernel.",
    "pages/calculator.py": "What size comes out of a layer, what it costs, and why: the formula "
    "with your numbers in it.",
    "pages/training.py": "Train the article's network on 55,000 digits and watch the curves grow. "
    "It takes less than a minute.",
    "pages/prediction.py": "Draw a digit and have it read while the pen is still warm. Then leaf "
    "through 10,000 test digits.",
}


def main() -> None:
    open_page("app.py")
    st.title(PRODUCT)
    st.markdown(
        "Everything there is to know about one small convolutional network that reads handwritten "
        "digits: **watch** a kernel slide, **compute** sizes, **train** it, **draw** for it."
    )
    columns = st.columns(len(DOORS))
    for column, (page, text) in zip(columns, DOORS.items(), strict=True):
        title, icon = PAGES[page]
        with column.container(border=True, height="stretch"):
            st.subheader(f"{icon} {title}", anchor=False)
            st.markdown(text)
            st.page_link(page, label=f"Open {title.lower()}", icon=":material/arrow_forward:")
    st.caption(
        "The network and the order of the lesson follow an article by afsya, published under "
        "CC BY-SA 4.0. MNIST is by Yann LeCun, Corinna Cortes and Christopher J. C. Burges. "
        "All of it runs on this machine: nothing you draw leaves it."
    )


main()
