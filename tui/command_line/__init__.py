"""The commands of `nnlab` that work without screens."""
