"""Digits and non-digits that the project draws itself, to learn from.

Read `stroke_styles` first (how people write each digit), then `hand` (what a hand makes of a
style), `pen` (its ink), `drawings` (whole sets) and `splits` (beside MNIST). What is no digit:
`non_digit_styles`, `non_digits`. Knows no networks.
"""
