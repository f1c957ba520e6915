"""Section 10: what the lecture comes to, and what the learner has made of it."""

from lessons.vocabulary.section import Section

SECTION = Section(number=10, name="summary", labs=("progress", "quiz", "report"))
