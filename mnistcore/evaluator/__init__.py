"""Python followed without being run: the part of it that networks are written in.

Values are Python's own, or stand for torch's: a tensor by its sizes, a module by its parts. What is
not understood becomes `Unknown` with its line, and so does all that it may have changed. Read
`values`, `expressions` and `statements`; `limits` keeps every text short of a second. What torch's
names mean is `pasted`'s to say.
"""
