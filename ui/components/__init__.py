"""What the browser draws itself: a folder for each, and the scripts that they share.

`component.py` is the Python side of a thing (what it is given, what it reports); beside it lie
its script, styles and markup, all three named as the folder. `loader.py` puts them together.
To add one: make such a folder, write `load("name")` in its `component.py`, and call what that
returns with `data=` and `key=`; the scripts' numbers and grids are there to be used. What it
reports is taken by `reports.py` alone, since anybody can report anything. What its visitor goes on
editing while a report is under way is sent with `report` of `answers.js`, and kept while `isOlder`.
"""
