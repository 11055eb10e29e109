"""Digits and non-digits that the project draws itself, to learn from.

Read `digit_styles` first (how people write each digit, as pen paths), then `hand` (what a hand
makes of a path), `pen` (its ink), `generator` (whole sets, from a seed) and `splits` (beside
MNIST). What is no digit: `non_digit_styles`, `non_digits`.

Whole lines of digits: `glyphs` (what they are set from), `line_text` (what stands on them),
`line_writer` (how it is set), `line_paper` (on what). Knows no networks.
"""
