"""What is written here: an image to a digit, a drawing or photo to a number, a split to a report.

Read `classifier` first (an image, `Verdict`), then `number` (several digits on one drawing), which
asks two readers: `segmentation`, which cuts, and `line_reader`, which does not (`line_digits` gives
its digits their boxes and ink). `photo` reads a picture file and `page` its lines, in strips that
the ink or `page_windows` proposes; `calibration` and `line_calibration` make probabilities honest;
`gallery` and `report` read a whole split. Knows nothing of how training works.
"""
