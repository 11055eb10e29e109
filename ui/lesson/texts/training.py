"""What stop 6 says."""

NAME = "Training"
TITLE = "The kernels are learned"
SENTENCE = (
    "MyNet is three strided convolutions with batch norm and ReLU, and one linear layer; its "
    "33,770 weights begin at random, and Adam moves each of them a little, so that the cross "
    "entropy falls."
)
WAKING = "PyTorch is being loaded, and 55,000 digits with it ..."
WALL = {
    "digits": "{num_right} of {num_digits} digits it never learns from are read right",
    "kernels": "The first 16 kernels, and what each makes of your digit",
    "loss": "Step {step} of {num_steps}, loss {loss}",
    "said": "A {label}, read as {answer}",
    "again": "Play again",
}
VIEWS = {0: "The whole training", 1: "One step by hand"}
VIEW = "What is shown"
TRAIN, TRAIN_AGAIN, STOP = "Train", "Train again", "Stop"
ONE_BATCH = "One batch"
CONTROL = {
    "fresh": "Train it on this machine: {num_steps} batches of {batch_size} digits.",
    "waiting": "Another run is training; this one waits for its turn.",
    "starting": "The run is starting ...",
    "running": "It is learning, about {seconds} seconds to go.",
    "ended": "Trained: it reads {accuracy} of the 5,000 validation digits right.",
    "stopped": "Stopped. What it has learned is kept, and reads at the last stop.",
    "failed": "The run failed: {message}",
}
TASK = "Train until at least {wanted} of these {num_digits} digits are read right."
OUTCOMES = {
    "enough": "{num_right} of {num_digits} are right. From now on, this network reads your digit.",
    "too_few": "{num_right} of {num_digits} by now.",
}
BY_HAND = {
    "title": "A {label} that your network reads as {answer}",
    "share": "Its share for the {label} is {share}, so the loss, −ln of it, is",
    "gradient": "One weight leads from value {feature} of the last maps to the {label}. The loss "
    "grows with it by (share − 1) · value = ({share} − 1) · {value} =",
    "update": "Adam moves it against that, about as far as the learning rate: from {before} by",
    "after": "All 33,770 weights take such a step, and the loss becomes",
    "steps": "Steps taken: {taken}",
    "take": "Take this step",
    "back": "Begin again",
}
LAYERS = (
    "Batch norm brings each map to a common scale, with the mean and the spread that training "
    "measured. ReLU keeps what is above 0 and drops the rest: without it, all layers together "
    "could do no more than one."
)
RECIPE = (
    "The recipe: Adam, the learning rate rises to {learning_rate} and falls to 0, batches of "
    "{batch_size}, one pass through 55,000 digits, cross entropy as the loss."
)
KEPT = "The Training page has every setting, and keeps this run, called {name}."
CODE = """import torch
from torch import nn

optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
for images, labels in batches:
    loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
"""
