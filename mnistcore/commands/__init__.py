"""The command line, a module for each command: `python -m mnistcore COMMAND`.

Says what was asked and prints what the library answers; knows no formula. Importing it loads no
torch, so that `--help` is at once. `mnistcore/__main__.py` lists the commands.
"""
