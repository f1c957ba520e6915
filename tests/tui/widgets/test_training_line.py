"""What the line of a training says of how far it is: epochs where the lab counts them, else steps."""

from types import SimpleNamespace

import pytest

from lessons.catalogue import load
from tui.locale import words
from tui.widgets.training_line import TrainingLine


class Line(TrainingLine):
    words = words("en")


@pytest.mark.parametrize(
    ("lab", "said"), [("convolution.lenet5", "epoch 3/15"), ("generative_ai.prompt_box", "step 1,200/3,000")]
)
def test_epochs_or_steps(lab, said):
    line = Line(SimpleNamespace(settings=load(lab).settings()))
    status = SimpleNamespace(epoch=2.4, step=1200, facts={"steps": 3000.0})

    assert line.epochs(status) == said
