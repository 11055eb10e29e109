"""The start page and the lesson: one digit, followed from the first kernel to the answer."""
