"""What the library calls things: marked here, since the library itself knows no language."""

from ui.language import N_

KERNELS = (
    N_("Identity"),
    N_("Blur"),
    N_("Sharpen"),
    N_("Sobel x"),
    N_("Sobel y"),
    N_("Laplacian"),
    N_("Emboss"),
    N_("Leaning strokes"),
    N_("Slanted edges"),
    N_("Strokes"),
)
