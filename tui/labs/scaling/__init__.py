"""Views of the section's labs."""
