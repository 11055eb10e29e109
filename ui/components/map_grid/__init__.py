"""One map, large enough to read its numbers; a click chooses one of them."""
