"""What stop 7 says."""

NAME = "Answer"
TITLE = "The largest sum is the answer"
SENTENCE = (
    "The linear layer weighs the last maps into ten sums, softmax turns them into shares, and "
    "argmax takes the largest: that prediction is written on the picture of each test digit."
)
SHIPPED = "MyNet reads your digit as it was shipped: train one of your own at the stop before."
OWN = "{network}, the network you trained, reads your digit."
REASONS = "Blue pixels speak for a {digit}, orange ones against it."
CONTROL = "Choose one of the ten sums, and see which pixels speak for it, and which against."
TASK = "Which digit came second? Choose it among the sums."
OUTCOMES = {
    "right": "Yes: the {answer} has the second largest sum, so its share is the second largest.",
    "first": "The {answer} is the answer itself: its sum is the largest.",
    "other": "The {answer} comes in place {place}.",
}
MORE = "Softmax, number by number; then twenty test digits, each with what this network says of it."
TILES = "Twenty test digits, and what this network reads in each"
