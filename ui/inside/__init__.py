"""The pictures of the page that looks inside a network."""
