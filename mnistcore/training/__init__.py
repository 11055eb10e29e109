"""How a network learns: a loop that yields events, its recipe, optimizer and augmentation.

Read `recipes` first (every setting) and `schedules` (each step's learning rate), which
need no torch, then `loop` with its `events`, `chance` (what a seed
decides), `optimizers`, `augmentation`, `distributed` (several processes, one network),
`freed_memory`. The reader of lines has a loop of its own: `line_training`, `line_batches`. Knows no
disk and no screen: `worker` writes down what the loop yields.
"""
