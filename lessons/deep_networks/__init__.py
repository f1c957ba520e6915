"""Section 3: deep networks."""

from lessons.vocabulary.section import Section

SECTION = Section(number=3, name="deep_networks", labs=("architectures",))
