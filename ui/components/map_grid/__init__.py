"""One map, large enough to read its numbers: to choose one of them, or to paint on."""
