"""A picture or a drawing to 28x28 pixels as MNIST has them, every step shown.

Read `preprocessing` first (drawing to image), then `preprocessing_steps` (the same, step by step);
`ink` tells what is drawn from what it is drawn on. `picture_files` opens what people upload,
`photo` makes a drawing of it (`form_lines` finds what is no writing, `paper` how bright it is under
the ink), `ink_parts` takes ink apart and `ink_seams` cuts it, `image_changes` moves and thickens
it, `drawing_files` keeps labelled drawings. For lines of digits: `text_lines` (where they may be on
a picture), `line_image` (a strip as the reader takes it). `area_means` is what several of them
count with. Knows no networks.
"""
