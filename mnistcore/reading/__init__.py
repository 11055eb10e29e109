"""What is written here: an image to a digit, a drawing or photo to a number, a split to a report.

Read `classifier` first (an image, `Verdict`), then `number` with `segmentation` (several digits on
one drawing), `photo` (a picture file), `calibration` (honest probabilities, refusal), `gallery` and
`report` (a whole split). Knows nothing of how training works.
"""
