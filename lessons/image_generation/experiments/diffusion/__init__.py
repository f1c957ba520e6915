"""`image_generation.diffusion`: a walk from noise to a digit, one moment of it, and what a judge says of its end."""

from typing import Any

import torch

from engine.generative import judge
from engine.generative.diffusion import SCHEDULES, Estimate, Frame, estimate, guided, noised
from engine.generative.digit_training import DiffusionTraining
from engine.generative.digits import ink
from engine.training.folder import Run
from engine.training.training import Training
from engine.vision.batches import drawn_from
from lessons.image_generation.experiments.diffusion import figures, judged, plane
from lessons.image_generation.experiments.diffusion.sources import Source, source
from lessons.image_generation.experiments.diffusion.walks import Way, original, walked, way
from lessons.image_generation.labs.diffusion.observation import DiffusionObservation
from lessons.image_generation.labs.diffusion.settings import (
    BLOCKS,
    LAST,
    MOST_GUIDANCE,
    MOST_SEED,
    NAME,
    DiffusionSettings,
)
from lessons.vocabulary.observation import News

__all__ = ["observe", "summary", "training"]

PACE = 0.2
"""Seconds that a step of the walk stands while it plays."""

SLOW_PACE = 1.0
"""Seconds that many pictures stand."""

FORWARD = 25
"""Times of a step of the forward walk."""

GUIDED = 0.5
"""Guidance of a step where its effect is looked at."""


def training(settings: DiffusionSettings, device: str) -> Training:
    """Make the training of a run."""
    return DiffusionTraining(
        side=int(settings.pixels),
        steps=settings.updates,
        batch=settings.batch,
        rate=settings.rate,
        width=settings.width,
        schedule=settings.schedule,
        prediction=settings.prediction,
        dropout=settings.dropout,
        images=settings.images,
        seed=settings.seed,
        device=device,
    )


def summary(run: Run) -> dict[str, float | int | None]:
    """Sum a run up: its loss on test digits, pictures a second in training, and its size."""
    status = run.status()
    seconds = status.seconds or 0.0
    examples = status.step * min(int(run.record().settings.get("batch", 64)), int(status.facts.get("images", 0)))
    return {
        "test_loss": status.values.get("test_loss"),
        "train_images_per_second": round(examples / seconds, 1) if seconds else None,
        "parameters": int(status.facts.get("parameters", 0)),
    }


def observe(settings: DiffusionSettings) -> DiffusionObservation:
    """Walk as the settings say, and look at one moment of it."""
    found, asked = source(settings), way(settings)
    walk, schedule = walked(found, asked), SCHEDULES[settings.schedule]()
    steps = len(walk.frames) - 1
    done = min(settings.frame, steps)
    frame = walk.frames[done]
    parts: dict[str, Any] = {"film": figures.film(walk, asked, done, f"@{NAME}.film")}
    if settings.view == "forward":
        frame, parts = _forward(settings, found, asked)
    chances = judge.read(walk.end)
    seen_now = judge.read(frame.found.x0[:1])[0]
    wanted = int(settings.digit)
    return DiffusionObservation(
        t=frame.t,
        signal=round(float(schedule.signal(frame.t)), 6),
        noise_share=round(float(schedule.noise(frame.t)), 6),
        done=done,
        walk_steps=steps,
        times=tuple(each.t for each in walk.frames),
        read=int(chances[0].argmax()),
        probability=round(float(chances[0, wanted]), 6),
        now_probability=round(float(seen_now[wanted]), 6),
        agreement=round(float((chances.argmax(1) == wanted).mean()), 6),
        judge_accuracy=judge.accuracy(found.side),
        pixels=found.side,
        parameters=found.network.parameters_count,
        trained_images=found.images,
        trained_steps=found.step,
        steps_kept=found.steps,
        own=found.own,
        missing=found.missing,
        empty=settings.start == "drawn" and not settings.drawn,
        news=_news(settings, found.missing),
        samples=ink(walk.end),
        now=figures.now(frame),
        said=figures.saying(schedule, settings.prediction, frame),
        answer=figures.answer(frame),
        shares=figures.shares(schedule, frame.t),
        pace=SLOW_PACE if settings.view == "many" else PACE,
        **_steps(settings, done, steps),
        measured={"images_per_second": round(settings.samples / walk.seconds, 1)},
        **judged.neighbours(found, walk.end),
        **parts,
        **_looked_at(settings, found, asked),
    )


def _news(settings: DiffusionSettings, missing: bool) -> tuple[News, ...]:
    """What must be said of a walk, where one is looked at."""
    walks = settings.view not in ("plane", "curve")
    told = {
        "missing": missing,
        "empty": walks and settings.start == "drawn" and not settings.drawn,
        "ignored": walks and settings.guidance == 0,
        "one_step": walks and settings.view != "forward" and settings.steps == 1,
    }
    return tuple(News(f"@{NAME}.{kind}") for kind, there in told.items() if there)


def _steps(settings: DiffusionSettings, done: int, steps: int) -> dict[str, Any]:
    """What a step on, a step back and beginning again lead to: whatever is seen to go on in the view."""
    if settings.view == "many":  # finished pictures: a step is other noise
        seed = settings.seed
        return {
            "onward": {"seed": seed + 1} if seed < MOST_SEED else {},
            "backward": {"seed": seed - 1} if seed else {},
            "anew": {"seed": 0},
        }
    if settings.view == "curve":
        w = settings.guidance
        return {
            "onward": {"guidance": min(round(w + GUIDED, 1), MOST_GUIDANCE)} if w < MOST_GUIDANCE else {},
            "backward": {"guidance": max(round(w - GUIDED, 1), 0.0)} if w else {},
            "anew": {"guidance": 0.0},
        }
    if settings.view == "forward":  # the walk that goes on there is the forward one
        t = settings.depth
        return {
            "onward": {"depth": min(t + FORWARD, LAST)} if t < LAST else {},
            "backward": {"depth": max(t - FORWARD, 1)} if t > 1 else {},
            "anew": {"depth": 1},
        }
    if settings.view == "plane":  # learning comes before walking
        learned = settings.learned
        if learned < BLOCKS:
            return {
                "onward": {"learned": learned + 1},
                "backward": {"learned": learned - 1} if learned else {},
                "anew": {"learned": 0},
            }
        onward = {"frame": done + 1} if done < steps else {}
        return {"onward": onward, "backward": {"frame": done - 1} if done else {}, "anew": {"learned": 0}}
    return {
        "onward": {"frame": done + 1} if done < steps else {},
        "backward": {"frame": done - 1} if done else {},
        "anew": {"frame": 0, "branch": 0, "branch_seed": 0},
    }


def _forward(settings: DiffusionSettings, found: Source, asked: Way) -> tuple[Frame, dict[str, Any]]:
    """A digit or a drawing at the time that is set, and what the network sees in it at one look."""
    schedule, network = SCHEDULES[settings.schedule](), found.network
    chosen = way(settings, start="digit") if settings.start == "noise" else asked
    x0 = original(chosen, found.side)
    if x0 is None:
        x0 = -torch.ones(1, 1, found.side, found.side)
    t = torch.tensor([settings.depth])
    epsilon = torch.randn(x0.shape, generator=drawn_from(settings.seed, 0))
    x = noised(schedule, x0, t, epsilon)
    kind = torch.tensor([int(settings.digit)])
    led = guided(network, {"kind": kind}, {"kind": network.any_kind(1)}, settings.guidance)
    with torch.inference_mode():
        output = led(x, schedule.level(t).float())
    seen = estimate(found.prediction, schedule, output, x, t, 1.0)
    frame = Frame(settings.depth, x, Estimate(seen.x0, seen.epsilon))
    film = figures.forward(schedule, x0, epsilon, settings.depth)
    return frame, {"film": film, "clean": figures.clean(x0)}


def _looked_at(settings: DiffusionSettings, found: Source, asked: Way) -> dict[str, Any]:
    """Make the figures of what is looked at, and no others."""
    match settings.view:
        case "two":
            other = way(settings, method=settings.method2, steps=settings.steps2, guidance=settings.guidance2)
            walk = walked(found, other)
            chances = judge.read(walk.end)[0]
            return {
                "film2": figures.film(walk, other, None, f"@{NAME}.film2"),
                **judged.second(found, walk.end),
                "read2": int(chances.argmax()),
                "probability2": round(float(chances[int(settings.digit)]), 6),
            }
        case "many":
            return judged.many(found, walked(found, asked).end)
        case "curve":
            return {"curve": judged.curve(found, settings.schedule, settings.seed, settings.guidance)}
        case "plane":
            return plane.observed(settings)
        case "train":
            return {"loss": figures.loss(found)}
    return {}
