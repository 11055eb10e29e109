"""Convolution arithmetic, and a small network on MNIST. Import the modules, not this package.

In their order of dependence:

- `errors`: the one error that a caller can put right
- `argument_checks`: what may stand where a layer wants a number
- `conv_arithmetic`: the output size along one axis, in plain integers
- `same_padding`: what "same" means to torch and to TensorFlow
- `pixel_coverage`: which pixels the windows touch, and how many products are real
- `receptive_field`: what one output sees, along one axis, branches included
- `layer`: what every layer can say: shape, parameters, multiply-adds, receptive field
- `window_layer`, `conv_layers`, `transposed_layers`, `pooling_layers`, `flat_layers`: the kinds
- `layer_kinds`: all of them by name, to and from dictionaries
- `layer_stack`, `stack_json`: a network as a list of layers; all its numbers; JSON
- `argument_text`, `stack_text`, `stack_draft`: a network as typed, and how far it works
- `network_rows`, `table_forms`, `network_diff`: any network as one table; blocks; CSV; two of them
- `axis_layout`, `formula_tex`, `layer_repair`: a layer pictured, explained, mended
- `counter_rules`, `counter_reports`: what other counters report for a network, and why
- `weight_sharing`: one convolution shared, locally connected, fully connected
- `presets`, `code_export`: networks everyone knows; a network as a PyTorch program
- `torch_layers`: layers built in torch, and read back
- `random_layers`, `verification`: random layers, ours beside torch's
- `paired_times`, `timing`, `timing_words`: the time two networks take, and what MACs promised
- `torchvision_models`, `model_fields`, `model_analysis`: torchvision's models taken apart
- `sliding_window`: one kernel over one picture: every product, every sum
- `kernels`, `deep_kernels`: kernels with a name, of one channel and of several
- `connections`: the lines of one layer, and which of them carry the same weight
- `idx`: the published digits read without torch
- `torch_witness`: the map of `sliding_window`, asked of torch
- `data`: MNIST found, verified, unpacked, split
- `model`: MyNet and DrawingNet: images to logits
- `evaluation`: how good a network is on a split, and how far to trust the figure
- `networks`: the networks that can be trained, by name or layer by layer
- `recipes`, `optimizers`, `augmentation`: how to train, and what training does to its images
- `distributed`: several processes that train one network
- `training`: a loop that reports by yielding events
- `checkpoint`: weights and training state, saved whole or not at all
- `run_folder`, `run_control`, `run_life`, `runs`: a folder for each training run; what may be asked
  of it, how it stands, whose turn it is; all of them
- `run_metrics`, `run_snapshot`, `run_files`: what a run reports, followed while it grows; a table
- `observation`, `run_record`, `run_state`: what a run looks at, writes down, and goes on from
- `picture_files`, `preprocessing`: a file to a drawing; a drawing to an image as MNIST has them
- `stroke_styles`, `stroke_generator`, `pen`: how people write digits; a hand; its ink
- `non_digit_styles`, `non_digit_generator`: what is drawn and is no digit
- `drawing_generator`, `drawing_data`: sets of generated drawings, alone and beside MNIST
- `run_training`: a run carried out
- `calibration`: honest probabilities, and the line between digits and everything else
- `preprocessing_steps`: the same step by step, and with steps left out
- `prediction`: images to probabilities
- `labelled_drawings`: drawings with what they were meant to be, to a file and back
- `gallery`, `report`: a split with what a classifier reads in it; where it goes wrong
- `doubtful_labels`: labels of the test set that people doubt
- `trained_layers`: the convolutions inside a trained network
- `train_command`, `runs_command`, `verify_command`: `train`, `runs`, `verify`, in print
- `__main__`: `python -m mnistcore train | runs | export | calibrate | evaluate | predict | verify`
"""
