"""Experiments of section 7."""
