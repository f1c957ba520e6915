"""What the learner sees and touches: screens, labs, widgets, and the terminal under them."""
