"""Drawings written as text, so that a failing test shows the picture."""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

CELL_PX = 20

ZERO = """
  ####
 #    #
#      #
#      #
#      #
#      #
#      #
 #    #
  ####
"""
ONE = """
   #
   #
   #
   #
   #
   #
   #
"""
TWO = """
 ####
#    #
     #
     #
    #
   #
  #
 #
#######
"""
THREE = """
 ####
#    #
     #
     #
  ###
     #
     #
#    #
 ####
"""
FOUR = """
#    #
#    #
#    #
#    #
 #######
     #
     #
     #
     #
"""
FIVE = """
#######
#
#
#
#####
     #
      #
      #
#     #
 #####
"""
SIX = """
   ##
  #
 #
#
#
#####
#    #
#    #
#    #
 ####
"""
SEVEN = """
########
       #
      #
      #
     #
     #
    #
    #
   #
"""
EIGHT = """
  ####
 #    #
 #    #
 #    #
  ####
 #    #
#      #
#      #
 #    #
  ####
"""
NINE = """
  ####
 #    #
 #    #
 #    #
  #####
      #
      #
      #
     #
    #
"""
# As people elsewhere write them.
CROSSED_SEVEN = """
########
       #
      #
   ######
     #
     #
    #
    #
   #
"""
SLASHED_ZERO = """
  ####  #
 #    ##
#    # #
#    # #
#   #  #
#   #  #
#  #   #
#  #   #
##     #
 #    #
# ####
"""
ONE_WITH_A_FOOT = """
    #
   ##
  # #
 #  #
    #
    #
    #
    #
#########
"""
CLOSED_FOUR = """
     #
    ##
   # #
  #  #
 #   #
########
     #
     #
     #
"""
CURLED_NINE = """
  ####
 #    #
 #    #
 #    #
  #####
      #
      #
      #
#     #
 #####
"""
OPEN_FOUR = """
#      #
#      #
#      #
#      #
#      #
####   #
       #
       #
       #
"""
FIVE_IN_TWO_STROKES = """
     ####

#
#
#
#####
     #
      #
      #
#     #
 #####
"""

# What is no digit.
CROSS = """
#       #
 #     #
  #   #
   # #
    #
   # #
  #   #
 #     #
#       #
"""
ZIGZAG = """
#   #   #   #
#   #   #   #
 # # # # # #
 # # # # # #
  #   #   #
"""
FRAME = """
##########
#        #
#   ##   #
#  #  #  #
#  #  #  #
#   ##   #
#        #
##########
"""
DIGITS = (ZERO, ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, NINE)


def drawing(
    text: str,
    *,
    side_px: int = 280,
    corner: tuple[int, int] = (60, 50),
    scale: float = 1,
    ink: tuple[int, int, int, int] = (255, 255, 255, 255),
    paper: tuple[int, int, int, int] = (0, 0, 0, 255),
) -> npt.NDArray[np.uint8]:
    """Draw text as a round pen would: a line between every two neighbouring `#`.

    Returns:
        (side_px, side_px, 4) uint8 RGBA.
    """
    lines = text.strip("\n").splitlines()
    cell = CELL_PX * scale
    dots = {(x, y) for y, line in enumerate(lines) for x, sign in enumerate(line) if sign == "#"}
    canvas = Image.new("RGBA", (side_px, side_px), paper)
    pen = ImageDraw.Draw(canvas)

    def place(x: float, y: float) -> tuple[float, float]:
        return (corner[0] + x * cell, corner[1] + y * cell)

    for x, y in dots:
        for step_x, step_y in ((1, 0), (0, 1), (1, 1), (-1, 1)):
            if (x + step_x, y + step_y) in dots:
                ends = [place(x, y), place(x + step_x, y + step_y)]
                pen.line(ends, fill=ink, width=round(cell))
        left, top = place(x - 0.5, y - 0.5)
        pen.ellipse((left, top, left + cell, top + cell), fill=ink)
    return np.asarray(canvas)


def side_by_side(*texts: str, gap: int = 30) -> npt.NDArray[np.uint8]:
    """Each text in a column of its own of one wide canvas."""
    inked = [drawing(text, corner=(40, 60))[:, :240] for text in texts]
    tight = [canvas[:, canvas[..., 0].any(axis=0)] for canvas in inked]
    blank = np.zeros((280, gap, 4), np.uint8)
    blank[..., 3] = 255
    columns = [blank]
    for canvas in tight:
        columns += [canvas, blank]
    return np.concatenate(columns, axis=1)
