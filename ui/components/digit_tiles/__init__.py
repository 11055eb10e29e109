"""Digits as tiles: what a network reads in each is written below it, and a click chooses one."""
