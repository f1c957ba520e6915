"""Models that make images: scenes drawn by a known function, and networks that learn to draw them."""
