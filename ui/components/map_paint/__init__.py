"""One map to paint on: what is brushed over is switched off, and the answer has to do without."""
