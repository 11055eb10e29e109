"""What a convolution does: one kernel over one picture, step by step, with its numbers."""

from ui.convolution import channels, one_by_one, one_kernel, shared_weights
from ui.convolution.picture_choice import choose_picture
from ui.language import N_, _
from ui.menu import open_page
from ui.next_steps import show_next_steps
from ui.parts import Tab, show_tabs, tells_what_is_wrong
from ui.shared_bar import open_bar

TABS = {
    "kernel": Tab(N_("One kernel"), one_kernel.show),
    "1x1": Tab("1×1", one_by_one.show),
    "channels": Tab(N_("Channels"), channels.show),
    "sharing": Tab(N_("Shared weights"), shared_weights.show),
}


@tells_what_is_wrong
def main() -> None:
    open_page("pages/convolution.py")
    bar = open_bar(_("What a convolution does"))
    show_tabs(TABS, choose_picture(), key="window_part")
    show_next_steps(bar.network)
    bar.show_digit()


main()
