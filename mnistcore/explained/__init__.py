"""One layer explained: its formula with its numbers, its windows, the nearest that works.

Read `formula_tex` and `axis_layout` for a layer that works, `repair` for one that does not. Knows
no network and no page, and imports neither torch nor numpy.
"""
