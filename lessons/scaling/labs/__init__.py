"""Light halves: what is set, seen and asked."""
