"""A key that a browser keeps; see `component`."""
