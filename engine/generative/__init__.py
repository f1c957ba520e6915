"""Networks that draw."""
