"""Section 8: networks that generate images."""

from lessons.vocabulary.section import Section

SECTION = Section(number=8, name="image_generation", labs=("causal_graph", "diffusion"))
