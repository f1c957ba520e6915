"""Section 4: which network for which work."""

from lessons.vocabulary.section import Section

SECTION = Section(number=4, name="applications", labs=("panel",))
