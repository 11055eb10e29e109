"""A network as a list of layers: its numbers, text, JSON, presets, code, and other counters' view.

Read `stack` first, then `table` (every number of every layer) and `presets`; `text_format`, `draft`
and `json_format` are how a network comes in, `code_export` how it goes out. Imports neither torch
nor numpy.
"""
