"""The lesson's small tasks: what is asked at each stop, and whether an answer is right.

Read `outcome` first, what a check returns; then `strokes` (a kernel that does not see a stroke),
`counting` (sizes, weights, costs) and `reading` (what a network has learned and says). The words
are the page's. Knows neither torch nor a screen.
"""
