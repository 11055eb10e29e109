"""A network as it learns: twenty digits turn right, kernels form, and what they make of a digit."""
