"""The page "Calculator": its tabs are `one_layer`, `network` and `compare`.

What a visitor typed is `layer_state` and `network_state`; forms, tables and pictures draw it;
whatever asks PyTorch goes through `torch_work`.
"""
