"""What `image_generation.causal_graph` sees: the image of the causes, the decoder's, and the causes inferred."""

from lessons.vocabulary.figures import Bars, Curves, Graph, Raster, Table
from lessons.vocabulary.observation import News, Observation


class CausalGraphObservation(Observation, frozen=True, kw_only=True):
    """One image forwards and back, and how well both networks do on scenes that are held out."""

    iou: float | None = None
    """Mean intersection over union of the decoder's images and the known function's; None without a decoder."""

    object_accuracy: float
    """Share of the held-out objects that the encoder infers, 0…1."""

    position_error_px: float
    """Mean distance of inferred places, in pixels."""

    angle_error_deg: float
    """Median error of inferred angles up to symmetry, in degrees."""

    iou_here: float | None = None
    """That of the two images shown; None where they are not of the same causes."""

    inferred_object: str = ""
    """The likeliest object; empty where nothing is drawn."""

    certainty: float | None = None
    """Its probability."""

    inferred_x: float | None = None
    inferred_y: float | None = None
    inferred_angle: float | None = None
    """Within the object's period; None for an object that has no angle."""

    period: float = 0.0
    """Degrees by which the inferred object can be turned and is the same; 0 where it has no angle."""

    trained: bool
    """Whether there is a decoder for these settings."""

    own_run: bool = False
    """Whether the networks are of a run of the learner's."""

    missing: bool = False
    """Whether the run that was asked for is not there (any more)."""

    news: tuple[News, ...] = ()
    """What must be said, the most important first."""

    at_step: int = 0
    """Steps of training after which the networks were kept that are looked at."""

    steps_kept: tuple[int, ...] = ()
    """Those of all that can be looked at."""

    parameters: int | None = None
    """Trainable parameters of the decoder."""

    graph: Graph
    """The causal graph with the causes that are set."""

    image: Raster
    """What the encoder reads: the known function's image or the learner's, shifted."""

    decoded: Raster | None = None
    """What the decoder draws."""

    objects: Bars
    """How likely each object is."""

    inferred: Table
    """Causes that are set, and causes inferred."""

    course: Curves | None = None
    """The training: both networks on scenes that are held out."""
