"""The data set: official archives, splits, doubtful labels.

`splits` for training, `idx` for a quick look without torch. Knows no networks.
"""
