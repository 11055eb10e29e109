"""The page "Training": its tabs are `live`, `result`, `compare` and `files`.

`settings` is the form that starts a run, `controls` what may be asked of one; `metrics` follows
what it reports, and `charts` makes curves of that.
"""
