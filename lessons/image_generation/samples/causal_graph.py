"""What a decoder of causes can draw after its training: the image of the causes that the lab opens with."""

from engine.training.folder import Run
from lessons.image_generation.labs.causal_graph.settings import CausalGraphSettings
from lessons.vocabulary.figures import Figure


def sample(run: Run) -> tuple[Figure, ...]:
    """The decoder's image; nothing before any weights are kept. Raises CheckpointProblem, CausalProblem."""
    from lessons.image_generation.experiments.causal_graph import observe

    seen = observe(CausalGraphSettings(run=run.id))
    return (seen.decoded,) if seen.own_run and seen.decoded is not None else ()
