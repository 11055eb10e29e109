"""What stop 6 says."""

from ui.language import N_

NAME = N_("Training")
TITLE = N_("The kernels are learned")
SENTENCE = N_(
    "MyNet is three strided convolutions with batch norm and ReLU, and one linear layer. "
    "Its 33,770 parameters begin at random; after each batch of MNIST's digits Adam moves every "
    "one of them a little downhill, so that the cross entropy falls: −ln of the right digit's "
    "share of the answer."
)
WAKING = N_("PyTorch is being loaded, and 55,000 digits with it ...")
WALL = {
    "digits": N_("{num_right} of {num_digits} digits it never learns from are read right"),
    "kernels": N_("The first 16 kernels, and what each makes of your digit"),
    "loss": N_("Step {step} of {num_steps}, loss {loss}"),
    "said": N_("A {label}, read as {answer}"),
    "again": N_("Play again"),
}
# The network, from left to right: what it holds, and what makes the next of it.
CHAIN_PICTURE = N_("{height}×{width} pixels")
CHAIN_MAPS = N_("{count} maps, {height}×{width}")
CHAIN_SUMS = N_("{count} sums")
CHAIN_CONVOLUTION = N_("{kernel_size}×{kernel_size}, stride 2, padding 1 · batch norm · ReLU")
CHAIN_AGAIN = N_("the same again")
CHAIN_LINEAR = N_("linear")
CHAIN_WORDS = N_(
    "Stride 2: the kernel moves by two pixels, so a map is half as wide, rounded up. Batch norm: "
    "all maps on one scale. ReLU: what is below 0 becomes 0. Linear: all values weighed, once for "
    "each digit."
)
VIEWS = {0: N_("The whole training"), 1: N_("One step by hand")}
VIEW = N_("What is shown")
TRAIN, TRAIN_AGAIN, STOP = N_("Train"), N_("Train again"), N_("Stop")
ONE_BATCH = N_("One batch")
CONTROL = {
    "fresh": N_("Train it on this machine: {num_steps} batches of {batch_size} digits."),
    "waiting": N_("Another run is training; this one waits for its turn."),
    "starting": N_("The run is starting ..."),
    "running": N_("It is learning, about {seconds} seconds to go."),
    "ended": N_(
        "Trained: it reads {accuracy} of the 5,000 validation digits right, which it never "
        "learned from. What a single step does, number by number: one step by hand."
    ),
    "stopped": N_("Stopped. What it has learned is kept, and reads at the last stop."),
    "failed": N_("The run failed: {message}"),
}
TASK = N_("Train until at least {wanted} of these {num_digits} digits are read right.")
OUTCOMES = {
    "enough": N_(
        "{num_right} of {num_digits} are right. From now on, this network reads your digit."
    ),
    "too_few": N_("{num_right} of {num_digits} by now."),
}
BY_HAND = {
    "title": N_("A {label} that your network reads as {answer}"),
    "share": N_("Its share for the {label} is {share}, so the loss, −ln of it, is"),
    "gradient": N_(
        "One weight leads from value {feature} of the last maps to the {label}. The loss "
        "grows with it by (share − 1) · value = ({share} − 1) · {value} ="
    ),
    "update": N_("Adam moves it against that, about as far as the learning rate: from {before} by"),
    "after": N_("All 33,770 weights take such a step, and the loss becomes"),
    "steps": N_("Steps taken: {taken}"),
    "take": N_("Take this step"),
    "back": N_("Begin again"),
}
LAYERS = N_(
    "Batch norm brings each map to a common scale, with the mean and the spread that "
    "training measured. ReLU keeps what is above 0 and drops the rest: without it, all "
    "layers together could do no more than one."
)
RECIPE = N_(
    "The recipe: Adam, the learning rate rises to {learning_rate} and falls to 0, "
    "batches of {batch_size}, one pass through 55,000 digits, cross entropy as the loss."
)
KEPT = N_("The Training page has every setting, and keeps this run, called {name}.")
CODE = """import torch
from torch import nn

optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
for images, labels in batches:
    loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
"""
