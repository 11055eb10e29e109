"""The page "Prediction": its tabs are `draw`, `photo`, `gallery` and `slideshow`.

When a pen lifts: `components/pen` has the canvas report, `drawing_canvas` takes the stroke,
`draw` runs again, `reading` prepares the drawing and asks the network, `answer` shows what it says.
"""
