"""Section 9: how large networks are, and what their size brings."""

from lessons.vocabulary.section import Section

SECTION = Section(number=9, name="scaling", labs=("parameters",))
