"""The process that carries a training out: the loop of `training`, written into a folder of `runs`.

Read `execution` first, the life of the process from lock to outcome; then `record`, what it writes
down; `resuming`, what survives a kill; `observation`, what it sees of the network meanwhile;
`stepped`, a training that a page carries on batch by batch; `warming`, what can be loaded before
there is a run. Knows no page and no command.
"""
