"""The moving pictures of the convolution page: what Python computed, drawn in the browser."""
