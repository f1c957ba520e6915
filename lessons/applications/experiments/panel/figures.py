"""The figures of `applications.panel` that belong to no single network, or to one that has no answer."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from lessons.applications.labs.panel.observation import NETWORKS
from lessons.applications.labs.panel.settings import NAME
from lessons.vocabulary.figures import Bars, Cell, Column, Table, Tokens
from lessons.vocabulary.numbers import UNKNOWN


def reading_bars(scores: tuple[float, ...]) -> Bars:
    """The ten scores; without an answer none is known."""
    values = np.array(scores) if scores else np.full(10, np.nan)
    return Bars(
        title="@convolution.lenet5.reading",
        names=tuple("0123456789"),
        values=values,
        chosen=int(values.argmax()) if scores else None,
    )


def typed(sentence: str) -> Tokens:
    """A sentence that nothing follows."""
    pieces = (sentence,) if sentence else ()
    return Tokens(title="", pieces=pieces, values=np.zeros(len(pieces)), given=len(pieces), open=True)


def sizes(seen: Mapping[str, Any]) -> Table:
    """The three networks beside each other: kind, what goes in and comes out, how large, how often asked."""
    heads = ("network", "in", "out")
    rows = []
    for network in NETWORKS:
        count, passes = seen.get(f"{network}_parameters"), seen.get(f"{network}_passes", 0)
        rows.append(
            (
                Cell(f"@{NAME}.{network}", "text", True),
                Cell(f"@{NAME}.{network}.in", "muted"),
                Cell(f"@{NAME}.{network}.out", "muted"),
                Cell(UNKNOWN if count is None else f"{count:,}", "text"),
                Cell(str(passes) if passes else UNKNOWN, "text"),
            )
        )
    columns = (
        *(Column(f"@{NAME}.head.{head}") for head in heads),
        Column(f"@{NAME}.head.parameters", right=True),
        Column(f"@{NAME}.head.passes", right=True),
    )
    return Table(title="", columns=columns, rows=tuple(rows), keys=NETWORKS)
