"""Section 5: convolutional networks."""

from lessons.vocabulary.section import Section

SECTION = Section(number=5, name="convolution", labs=("lenet5",))
