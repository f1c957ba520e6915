"""Views of the labs of section 6."""
