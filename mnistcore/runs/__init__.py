"""A folder for each training: what can be seen and asked of it from any process, without torch.

Read `folder` first (every file) and `schema` (what may stand in each), then `status` (how a run
stands), `control` (stop, pause, another learning rate), `queue` (who trains next), `claim` (one
process to a run), `events` and `metrics` (what it reports), `curve` (what a chart shows of them),
`epochs`, `snapshot` (the kernels that a page shows meanwhile; what survives a kill is in
`worker.resuming`), `all_runs` (listed, started, deleted), `standby` (the process that waits for a
run with everything loaded), `comparison`. Who trains is `worker`. Knows nothing of reading or
explaining digits.
"""
