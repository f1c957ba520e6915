"""The heavy halves of the labs of section 6."""
