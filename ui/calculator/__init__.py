"""The tabs of the page "Calculator", one module each."""
