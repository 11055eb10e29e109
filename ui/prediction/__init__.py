"""The parts of the prediction page."""
