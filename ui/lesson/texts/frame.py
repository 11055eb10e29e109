"""What stands around every stop of the lesson."""

from ui.language import N_

WAY = {
    "label": N_("The seven stops of the lesson"),
    "before": N_("The stop before"),
    "next": N_("The next stop"),
    "present": N_("Present"),
    "leave": N_("Leave"),
    "print": N_("Print"),
}
SPOKEN = N_("Stop {number}: {name}")
SPOKEN_DONE = N_("Stop {number}: {name}, solved")
TASK = N_("**Your turn.** {question}")
ANSWER = N_("Your answer")
FOLD = N_("More: numbers, formula, code, and what PyTorch says")
