"""Every speed that the README quotes, measured: `python -m benchmarks`."""
