"""A kernel as deep as its input: each slice makes a part, and the parts add up to one map."""
