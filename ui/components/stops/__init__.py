"""The way through the lesson: its stops, the one before and the one behind, by click or by key."""
