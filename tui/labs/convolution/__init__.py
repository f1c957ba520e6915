"""Views of the labs of section 5."""
