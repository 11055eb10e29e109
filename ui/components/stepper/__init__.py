"""The stepper: one kernel slides over one picture, and the browser shows every product."""
