"""Networks that see, one file an architecture, and what brings pictures to them."""
