"""Ten bars that glide when the answer changes."""
