"""Section 7: conversational AI and language models."""

from lessons.vocabulary.section import Section

SECTION = Section(number=7, name="language", labs=("next_word", "gpt"))
