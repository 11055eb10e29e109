"""What stands around every stop of the lesson."""

WAY = {
    "label": "The seven stops of the lesson",
    "before": "The stop before",
    "next": "The next stop",
    "present": "Present",
    "leave": "Leave",
    "print": "Print",
}
SPOKEN = "Stop {number}: {name}"
SPOKEN_DONE = "Stop {number}: {name}, solved"
TASK = "**Your turn.** {question}"
ANSWER = "Your answer"
FOLD = "More: numbers, formula, code, and what PyTorch says"
