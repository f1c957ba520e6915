"""Section 5: convolutional networks."""

from lessons.vocabulary.section import Section

SECTION = Section(number=5, name="convolution", labs=("features", "lenet5"))
