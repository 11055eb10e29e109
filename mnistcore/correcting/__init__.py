"""One visitor's corrections: a classifier that knows them, and what they have changed.

Knows classifiers, not who draws or where corrections are kept. Begin with `teaching`;
`known_digits` is what a correction has to be nearer to than to anything else, `lessons` what came
of it.
"""
