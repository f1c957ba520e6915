"""The light halves of the labs of section 6."""
