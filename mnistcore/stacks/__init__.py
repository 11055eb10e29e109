"""A network as a list of layers: its numbers, text, JSON, presets, code, and what others count.

Read `stack` first, then `table` (every number of every layer, also as CSV), `blocks` (its rows
joined), `diff` (two tables) and `presets`. `text_format`, `argument_text`, `draft` and
`json_format` are how a network comes in, `code_export` how it goes out. `other_counters` has the
rules of fvcore, thop and others, and why their numbers differ. Knows neither torch nor numpy.
"""
