"""The page "Prediction": its tabs are `draw`, `photo`, `gallery` and `slideshow`.

When a pen lifts: `components/pen` has the canvas report, `drawing_canvas` takes the stroke,
`draw` runs again, `reading` prepares the drawing and asks the network, `answer` shows what it says.
While it moves, pictures of it are told, and the answer in `draw` alone runs again.
On Start and in the lesson it is `components/live_network/pad.js` and `lesson/live`; on Inside the
canvas reports to `inside/image_choice`, and the page runs again.
"""
