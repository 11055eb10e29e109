"""Many test digits as one picture, cut into buttons by the browser."""
