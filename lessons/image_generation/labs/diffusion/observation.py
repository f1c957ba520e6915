"""What is seen in `image_generation.diffusion`."""

import numpy as np

from lessons.vocabulary.figures import Curves, Plane, Raster
from lessons.vocabulary.film import Film
from lessons.vocabulary.observation import News, Observation


class DiffusionObservation(Observation, frozen=True, kw_only=True):
    """A walk from noise to a digit, one moment of it, and what a judge says of its end."""

    t: int
    """The time of the moment that is looked at, 1000 (noise) to 0 (picture)."""

    signal: float
    """√ᾱ_t, the share of the picture."""

    noise_share: float
    """√(1−ᾱ_t), the share of the noise."""

    done: int
    """Steps of the walk that are done at this moment."""

    walk_steps: int
    """Steps of the whole walk."""

    times: tuple[int, ...]
    """The time of each of its moments."""

    read: int
    """What the judge reads at the walk's end, in the first picture."""

    probability: float
    """Its probability there for the digit that was asked for."""

    now_probability: float
    """That in the picture that is seen at this moment."""

    agreement: float
    """Share of the pictures in which the judge reads the digit that was asked for."""

    judge_accuracy: float
    """Share of real test digits of the same resolution that the judge reads rightly."""

    nearest: int
    """Place of the training digit that is nearest to the first picture."""

    distance: float
    """How far it is: root of the mean square of the ink's differences."""

    usual_distance: float
    """The same for test digits, their median: what is no copy."""

    pixels: int
    """Rows and columns of a picture."""

    parameters: int
    trained_images: int
    trained_steps: int
    """Steps of training after which the network was kept that is looked at."""

    steps_kept: tuple[int, ...] = ()
    """Those of all networks of this training that can be looked at."""

    own: bool = False
    """Whether this is a run of the learner's, not the one that comes with the program."""

    missing: bool = False
    """Whether the run that was asked for is not there (any more)."""

    empty: bool = False
    """Whether the walk should begin at a drawing, and nothing is drawn."""

    news: tuple[News, ...] = ()
    """What must be said, the most important first."""

    read2: int | None = None
    probability2: float | None = None
    """Of the second walk."""

    within: float | None = None
    """In two dimensions: share of the points that are within 0.08 of the data after 50 DDIM steps."""

    within_best: float | None = None
    """The same for the best answer there is."""

    plane_loss: float | None = None
    """The mean loss of the last block that was learned."""

    samples: np.ndarray
    """The pictures at the walk's end, ink 0…1, shape (n, rows, columns)."""

    clean: Raster | None = None
    """The picture from which the forward walk begins."""

    now: Raster
    """x_t."""

    said: Raster
    """What the network says of it: ε or v."""

    answer: Raster
    """The estimate of x₀."""

    film: Film
    """Moments of the reverse walk, or of the forward one."""

    film2: Film | None = None
    """Moments of the second walk."""

    distance2: float | None = None
    """How far the picture of the second walk is from its nearest training digit."""

    neighbour: Film | None = None
    """The training digit that is nearest to the first picture."""

    neighbour2: Film | None = None
    """That of the second walk."""

    drawn_samples: Raster | None = None
    neighbours: Raster | None = None
    """The nearest training digit of each."""

    shares: Curves
    """√ᾱ and √(1−ᾱ) over t."""

    curve: Curves | None = None
    """Agreement and diversity over the guidance."""

    plane: Plane | None = None
    """Data, drawn points and the field of what was learned."""

    plane_best: Plane | None = None
    """Those of the best answer."""

    loss: Curves | None = None
    """The training's."""
