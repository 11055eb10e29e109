"""All that the start page and the lesson say: a module of sentences for each stop."""
