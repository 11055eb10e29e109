"""Kernels and the maps they make, small and side by side: one is chosen with a click."""
