"""What the pages are made of: between the pages and the library.

A folder for each page's parts, one module for each of its tabs; `components/` for what the browser
draws. Here lies what several pages use: `menu` opens a page, `address` reads and writes what makes
a link show the same again, `parts` are tabs and what reruns alone, `networks` and `network_choice`
are which network reads, `mnist` is the test set, `drawing_canvas` the pen, `plain_text`
and `operator_log` what is told to visitors and to whoever runs the app, `operator_settings` and
`uploads` what that one allows, `visitor` who started what.
"""

from ui.threads import answer_with_one_thread

answer_with_one_thread()  # before any module imports numpy
