"""A network to take home: a web page that reads, an ONNX file, a plain PyTorch program, a report.

Knows how a network is laid out in layers, and nothing of how it was trained. Begin with `web_page`
and its parts in `web/`; `plain_layers` is what it and the others are made of.
"""
