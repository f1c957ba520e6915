"""Where each data set comes from; loaded once."""
