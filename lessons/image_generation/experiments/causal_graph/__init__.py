"""One image forwards and back: drawn by the known function, by a decoder that has learned it, and inferred again."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.generative.causal.decoder import Decoder, inputs, noise
from engine.generative.causal.measures import iou
from engine.generative.causal.scenes import Scenes, scene
from engine.generative.causal.training import CausalTraining
from engine.generative.scene import OBJECTS, PERIODS
from engine.training.folder import Run
from engine.training.metrics import Metrics
from engine.training.training import Training
from lessons.image_generation.experiments.causal_graph import figures
from lessons.image_generation.experiments.causal_graph.sources import (
    kind_of,
    measured_decoder,
    measured_encoder,
    source,
)
from lessons.image_generation.labs.causal_graph.observation import CausalGraphObservation
from lessons.image_generation.labs.causal_graph.settings import NAME, SIDE, CausalGraphSettings
from lessons.vocabulary.drawings import decode
from lessons.vocabulary.observation import News

REPORTED = {
    "iou": "iou",
    "object_accuracy": "test_accuracy",
    "position_error_px": "position_error_px",
    "angle_error_deg": "angle_error_deg",
}
"""What sums a run up, and the curves that it is the end of."""


def training(settings: CausalGraphSettings, device: str) -> Training:
    """Make the training of a run."""
    harmonics, examples = kind_of(settings)
    return CausalTraining(
        harmonics=harmonics,
        examples=examples,
        steps=settings.steps,
        batch=settings.batch,
        rate=settings.rate,
        seed=settings.seed,
        device=device,
    )


def summary(run: Run) -> dict[str, float | int | None]:
    """Sum a run up: how well its networks do on scenes that are held out."""
    metrics = Metrics(run.metrics_path)
    metrics.read()
    last = metrics.last()
    return {name: last.get(curve) for name, curve in REPORTED.items()}


@torch.inference_mode()
def observe(settings: CausalGraphSettings) -> CausalGraphObservation:
    """Draw the image of the causes, have it drawn by the decoder, and its causes inferred by the encoder."""
    found = source(settings)
    causes = scene(OBJECTS.index(settings.object), settings.x, settings.y, settings.angle)
    known = causes.images()[0]
    pad = _pad(settings, known)
    own = bool(settings.drawn or settings.own)
    answer, likely = None, None
    if pad.any():
        answer, chances = found.encoder.infer(pad[None])
        likely = chances[0].numpy().astype(float)
    seen: dict[str, Any] = _inferred(answer, likely)
    decoded, drawing = None, None
    if found.decoder is not None:
        drawn = answer if settings.given == "inferred" else causes
        drawing = measured_decoder(found.decoder)
        seen |= {"iou": drawing.iou, "parameters": sum(each.numel() for each in found.decoder.parameters())}
        if drawn is not None:
            ink = _decoded(found.decoder, drawn, settings)
            target = pad if settings.given == "inferred" else known
            if not settings.noise:
                seen["iou_here"] = round(float(iou(ink[None], target[None])), 6)
            decoded = figures.image(_numbers(ink), f"@{NAME}.decoder", "")
    told = {"missing": found.missing, "untrained": found.decoder is None, "nothing": answer is None}
    inference = measured_encoder(found.encoder)
    one = None if answer is None else (int(answer.kind), float(answer.x), float(answer.y), float(answer.degrees))
    return CausalGraphObservation(
        object_accuracy=inference.object_accuracy,
        position_error_px=inference.position_error,
        angle_error_deg=inference.angle_error,
        trained=found.decoder is not None,
        own_run=found.own,
        missing=found.missing,
        news=tuple(News(f"@{NAME}.{kind}") for kind, there in told.items() if there),
        at_step=found.step,
        steps_kept=found.steps,
        graph=figures.graph(settings),
        image=figures.image(_numbers(pad), f"@{NAME}.{'own_image' if own else 'known'}", f"{SIDE}×{SIDE}"),
        decoded=decoded,
        objects=figures.objects(likely),
        inferred=figures.inferred(settings, not own, one),
        course=figures.course(found, drawing, inference),
        **seen,
    )


def _pad(settings: CausalGraphSettings, known: Tensor) -> Tensor:
    """What the encoder reads, shape (32, 32): the known image or the learner's, shifted; what leaves it is lost."""
    own = settings.drawn or settings.own
    painted = np.clip(decode(settings.drawn, SIDE * SIDE), 0, 1).reshape(SIDE, SIDE)
    image = torch.from_numpy(painted).float() if own else known
    shifted = torch.zeros_like(image)
    right, up = settings.shift_x, settings.shift_y
    rows = slice(max(-up, 0), SIDE - max(up, 0)), slice(max(up, 0), SIDE - max(-up, 0))
    columns = slice(max(right, 0), SIDE - max(-right, 0)), slice(max(-right, 0), SIDE - max(right, 0))
    shifted[rows[0], columns[0]] = image[rows[1], columns[1]]
    return shifted


def _decoded(decoder: Decoder, causes: Scenes, settings: CausalGraphSettings) -> Tensor:
    """What the decoder draws, ink 0…1: of causes, or of numbers that mean nothing, or of something between."""
    meaning = inputs(causes, decoder.harmonics)
    given = torch.lerp(meaning, noise(decoder.harmonics, settings.noise_seed), settings.noise)
    ink: Tensor = decoder(given)[0].sigmoid()
    return ink


def _inferred(answer: Scenes | None, likely: np.ndarray | None) -> dict[str, Any]:
    if answer is None or likely is None:
        return {}
    kind = int(answer.kind)
    found: dict[str, Any] = {
        "inferred_object": OBJECTS[kind],
        "certainty": round(float(likely[kind]), 6),
        "inferred_x": round(float(answer.x), 4),
        "inferred_y": round(float(answer.y), 4),
        "period": PERIODS[kind],
    }
    return found | ({"inferred_angle": round(float(answer.degrees), 3)} if PERIODS[kind] else {})


def _numbers(ink: Tensor) -> np.ndarray:
    """Ink in steps of a thousandth, float64."""
    numbers: np.ndarray = np.round(ink.numpy().astype(float), 3)
    return numbers
