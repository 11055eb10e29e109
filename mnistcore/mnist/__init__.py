"""The data set: official archives, splits, doubtful labels.

`splits` finds, verifies and loads it for training, `idx` reads a file for a quick look without
torch, `doubtful_labels` lists the test digits that people read otherwise. Knows no networks.
"""
