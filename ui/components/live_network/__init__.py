"""A digit drawn on the left, the network at work on it, its answer on the right."""
