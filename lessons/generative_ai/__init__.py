"""Section 6: networks that make text and pictures from a prompt."""

from lessons.vocabulary.section import Section

SECTION = Section(number=6, name="generative_ai", labs=("prompt_box",))
