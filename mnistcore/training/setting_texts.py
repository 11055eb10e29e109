"""What the page and `--help` say of each setting of a recipe, in a sentence."""

EXPLANATIONS = {
    "epochs": "How often every training image is seen.",
    "batch_size": "Images to a step: more make a step surer and slower.",
    "learning_rate": "How far a step goes, at its highest: too small learns slowly, too large not "
    "at all.",
    "schedule": "How the learning rate varies: never (constant), up for a fifth of the steps and "
    "then down to zero (one-cycle), or down to zero from the start (cosine).",
    "optimizer": "How a gradient becomes a step: Adam scales it weight by weight, AdamW does so "
    "and keeps weight decay apart, Muon lets the hidden layers learn in every direction alike (and "
    "leaves the others to AdamW), SGD goes straight down with momentum 0.9 and wants a learning "
    "rate ten times higher.",
    "weight_decay": "Pulls every weight towards zero at each step, so that none grows without "
    "need; 0 leaves them alone.",
    "label_smoothing": "The share of certainty taken from the right digit and spread over all ten, "
    "so that the network does not grow too sure; 0 takes none. "
    "The loss shown is without it.",
    "augmentation": "How far each image is turned, sheared, scaled and shifted, anew in every "
    "epoch, from 0 (not at all) to 1 (15 degrees, 15 %, 2 pixels).",
    "thickening": "How far the strokes of some images are made thicker or thinner, from 0 (not at "
    "all) to 1 (by a pixel on each side).",
    "data": "What is learned from: MNIST alone, or with generated drawings beside it, things that "
    "are no digit among them, for which `drawing-net` has an output.",
    "precision": "Of the products in a step: bfloat16 is up to twice as fast on processors that "
    "have it, and slower on others; auto takes it where it is the faster one.",
    "seed": "The number that all chance comes from: the same seed gives the same training.",
}
