"""A folder for each training: what can be seen and asked of it from any process, without torch.

Read `folder` first, then `life` (how a run stands and whose turn it is), `control` (what may be
asked of it), `all_runs` (listed, started, renamed, compared), `metrics` (followed while they
grow). Who trains is `worker`. Knows nothing of reading or explaining digits.
"""
