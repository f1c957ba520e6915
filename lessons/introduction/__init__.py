"""Section 1: the goal of AI."""

from lessons.vocabulary.section import Section

SECTION = Section(number=1, name="introduction", labs=("nerve_cell", "map"))
