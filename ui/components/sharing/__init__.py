"""Weights shared, unshared, fully connected: which lines carry the same weight, and the bill."""
