"""`language.gpt`: a text that a GPT goes on with, what may come next, and how the GPT was trained.

Without a run the model is the one that comes with the program; with one, whatever that run has kept so far.
"""

from typing import Any

from msgspec import structs

from engine.language.gpt.beam import Beam
from lessons.language.experiments.gpt import curves, figures, vocabulary
from lessons.language.experiments.gpt.passage import Passage, passage, rules_of
from lessons.language.experiments.gpt.sources import Source, source, summary, training
from lessons.language.labs.gpt.ids import decode, encode
from lessons.language.labs.gpt.observation import GptObservation
from lessons.language.labs.gpt.settings import MOST_TOKENS, GptSettings
from lessons.vocabulary.figures import Cell, Column, Table
from lessons.vocabulary.numbers import plain
from lessons.vocabulary.observation import News
from lessons.vocabulary.settings import Value

__all__ = ["observe", "summary", "training"]

PACE = 0.2
"""Seconds that a token stands while the text is written, so that each can be read."""


def observe(settings: GptSettings) -> GptObservation:
    """Write the text that is set, and look at one of its places. Raises GptError, RunProblem or TextError."""
    found = source(settings)
    given, news = _prompt(found, settings)
    settled = [*given, *(token for token in decode(settings.written) if token < found.vocabulary)]
    first = passage(found, settings.seed, settings.cache, 0)
    first.bring(settled, settings)
    written = first.tokens[len(given) :]
    position = len(first.tokens) - min(settings.place, len(written))
    seen = _seen_at(found, first, settings, len(given), position)
    bits = first.surprises()
    own = bits[max(len(given), 1) :]
    mean = float(own.mean()) if len(own) else 0.0
    start = first.writer.start if first.writer is not None else 0
    if start:
        news = (*news, News("@language.gpt.news.window", {"n": str(start), "context": str(found.context)}))
    pieces = found.pieces(first.tokens)
    held: dict[str, Value] = {"written": encode(written), "tokens": 0}
    return GptObservation(
        written_text=found.text(written),
        token_ids=tuple(written),
        parameters=found.parameters,
        layers=found.model.config.layers,
        heads=found.model.config.heads,
        width=found.model.config.width,
        context=found.context,
        vocabulary=found.vocabulary,
        test_loss=found.loss_at(found.model_step),
        ngram_loss=found.ngram_loss,
        at_step=found.model_step,
        looked_step=found.step,
        steps_kept=found.steps,
        own=found.own,
        missing=found.missing,
        looked_at=position - len(given),
        mean_bits=round(mean, 6),
        perplexity=round(2**mean, 6),
        repeated=figures.repeated(pieces, len(given)),
        window_start=start,
        merges=found.merges,
        news=news,
        text=figures.text(
            pieces,
            bits,
            len(given),
            start,
            position if position < len(first.tokens) else None,
            _title(settings.temperature, settings),
        ),
        pace=PACE,
        onward=_onward(settings, len(written)),
        backward=_backward(settings, written),
        settled=held,
        anew={"written": "", "tokens": min(len(written), MOST_TOKENS), "place": 0},
        measured=first.times(),
        **seen,
        **_second(found, settled, settings, len(given)),
        **_looked_at(found, settings),
    )


def _prompt(found: Source, settings: GptSettings) -> tuple[list[int], tuple[News, ...]]:
    """The tokens of the prompt, and what of it the model does not see. Raises GptError."""
    prompt = settings.prompt or found.beginning
    given = found.encode(prompt)
    cut = len(given) - found.context
    if cut <= 0:
        return given, ()
    return given, (News("@language.gpt.news.prompt_cut", {"n": str(cut), "context": str(found.context)}),)


def _onward(settings: GptSettings, count: int) -> dict[str, Any]:
    if count >= MOST_TOKENS:
        return {}
    return {"tokens": settings.tokens + 1, "place": 0}


def _backward(settings: GptSettings, written: list[int]) -> dict[str, Any]:
    if settings.tokens:
        return {"tokens": settings.tokens - 1, "place": 0}
    return {"written": encode(written[:-1]), "place": 0} if written else {}


def _title(temperature: float, settings: GptSettings) -> str:
    return f"T = {plain(temperature)}" if settings.two else ""


def _seen_at(found: Source, first: Passage, settings: GptSettings, given: int, position: int) -> dict[str, Any]:
    """What may come at a place: the bars, the token that the rules draw, and the texts of beam search."""
    logits = first.logits(position)
    rules, before = rules_of(settings), first.tokens[:position][-found.context :]
    order, own, drawn = figures.candidates(logits, rules, before)
    assert first.writer is not None
    at_end = position == len(first.tokens)
    further: dict[str, Any] = {}
    if settings.draw == "beam":
        beams = first.ahead(settings, position)
        further["beams"] = _beams(found, beams)
        token = beams[0].tokens[0]
    else:
        token = first.drawn(rules, position)
    present = token if at_end else first.tokens[position]
    places = order.tolist()
    return further | {
        "candidates": tuple(places),
        "next_token": found.piece(token),
        "probability": round(float(drawn[token]), 6),
        "possible": int((drawn > 0).sum()),
        "next": figures.bars(
            [figures.label(found.piece(each)) for each in places],
            order,
            own,
            drawn,
            places.index(present) if present in places else None,
            figures.cut_by(logits, rules, before),
            "@language.gpt.next" if at_end else "@language.gpt.here",
        ),
    }


def _beams(found: Source, beams: tuple[Beam, ...]) -> Table:
    rows = tuple(
        (Cell(figures.label(found.text(beam.tokens)), "text"), Cell(plain(beam.log_probability, 2), "muted"))
        for beam in beams
    )
    return Table(
        title="", columns=(Column("@language.gpt.beams_held"), Column("ln p", right=True)), rows=rows, present=0
    )


def _second(found: Source, settled: list[int], settings: GptSettings, given: int) -> dict[str, Any]:
    """The text at the other temperature, from the same prompt and by the same random numbers."""
    if not settings.two:
        return {}
    other = passage(found, settings.seed, settings.cache, 1)
    count = len(settled) - given + settings.tokens
    other.bring(settled[:given], settings_with(settings, count), settings.temperature2)
    bits = other.surprises()
    own = bits[max(given, 1) :]
    start = other.writer.start if other.writer is not None else 0
    pieces = found.pieces(other.tokens)
    return {
        "text2": figures.text(pieces, bits, given, start, None, _title(settings.temperature2, settings)),
        "mean_bits2": round(float(own.mean()) if len(own) else 0.0, 6),
        "repeated2": figures.repeated(pieces, given),
    }


def settings_with(settings: GptSettings, tokens: int) -> GptSettings:
    """The settings with another number of drawn tokens."""
    return structs.replace(settings, tokens=min(tokens, MOST_TOKENS))


def _looked_at(found: Source, settings: GptSettings) -> dict[str, Any]:
    """Make the figures of what is looked at, and no others."""
    match settings.view:
        case "train":
            return {"loss": curves.loss(found), "sample": figures.sample(found.sample())}
        case "tokens":
            split, listed = vocabulary.shown(settings)
            return {"split": split, "joined": listed}
        case "cache":
            return {"times": curves.times(found.model)[0]}
    return {}
