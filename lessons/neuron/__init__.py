"""Section 2: the artificial neuron."""

from lessons.vocabulary.section import Section

SECTION = Section(
    number=2, name="neuron", labs=("synapse", "threshold", "unit", "gates", "playground"), exercises={"gates": 4}
)
