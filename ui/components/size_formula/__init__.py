"""How large a map becomes: the formula, each of its terms coloured as in the picture beside it."""
