"""Networks with weights: named, built, saved, loaded, evaluated.

Read `catalogue` first (which networks there are, no torch), then `model`, `checkpoint`, which reads
with `torch_file` and `torch_pickle` (where a hostile file is refused), `evaluation` and `tta`
(test-time augmentation). `line_net` reads lines of digits. Knows neither who trains them nor who
asks them.
"""
