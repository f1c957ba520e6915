"""Textual widgets, a file each; they send news up as messages and know neither labs nor the engine."""
