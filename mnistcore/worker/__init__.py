"""The process that carries a training out: the loop of `training`, written into a folder of `runs`.

Read `execution` first, the life of the process from lock to outcome; then `record`, what it writes
down; `state`, what it goes on from after a kill; `observation`, what it looks at meanwhile. Knows
no page and no command.
"""
