"""What runs of this section's labs have made last, for reports."""
