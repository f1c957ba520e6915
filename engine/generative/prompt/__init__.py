"""Text in, picture out: the words, the scenes that they name, and a diffusion model that draws them."""
