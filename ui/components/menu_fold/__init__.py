"""On a phone the menu lies over the page: it folds up behind a choice."""
