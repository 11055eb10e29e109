"""A network as a list of layers: its numbers, text, JSON, presets, code, and what others count.

Read `stack` first, then `table` (every number of every layer, also as CSV), `blocks` (its rows
joined), `diff` (two tables) and `presets`. `text_format`, `argument_text`, `draft` and
`json_format` are how a network comes in, `code_export` how it goes out. `saved_memory` has what
training keeps; `other_counters` why fvcore, thop and others differ, by their `counting_rules`.
Knows neither torch nor numpy.
"""
