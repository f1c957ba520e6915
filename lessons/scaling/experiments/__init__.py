"""Heavy halves: they run in the engine process."""
