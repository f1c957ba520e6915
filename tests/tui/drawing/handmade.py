"""Figures made by hand, one of each kind, and the hardest that later labs bring."""

import numpy as np

from lessons.vocabulary.figures import (
    Axis,
    Bars,
    Boundary,
    Cell,
    Column,
    Curves,
    Figure,
    Formula,
    FormulaLine,
    Graph,
    Level,
    Line,
    Link,
    Mark,
    Node,
    Plane,
    Raster,
    Table,
    Term,
    Tokens,
)
from lessons.vocabulary.film import Film
from lessons.vocabulary.network import Head, Network, Stage, Wire
from lessons.vocabulary.tree import Branch, Fan, Tree

NAN = float("nan")
AXIS = Axis(name="x₁", low=-1, high=1)


def curves() -> Curves:
    t = np.linspace(-4, 4, 401)
    return Curves(
        title="y = f (a − h)",
        x=Axis(name="a − h", low=-4, high=4),
        y=Axis(low=0, high=1),
        lines=(
            Line(x=t, y=1 / (1 + np.exp(-t)), name="@term.output"),
            Line(x=t, y=np.where(t > 0, NAN, 0.2)),
        ),
        levels=(Level(value=0.9, name="h"),),
        point=(0.46, 0.613),
    )


def years() -> Curves:
    """Named points over an axis of factors, two of them in one place."""
    named = (("PaLM", 2022.3, 5.4e11), ("GPT-3", 2020.4, 1.75e11), ("首都", 2020.4, 1.74e11), ("GPT", 2018.5, 1.2e8))
    marks = tuple(Mark(x=x, y=y, name=name, spot=name, hollow=name == "GPT-3") for name, x, y in named)
    return Curves(
        title="@term.output",
        x=Axis(name="@term.output", low=2012, high=2024, ticks=(2018,)),
        y=Axis(low=1e6, high=1e12, ticks=(1e9,), log=True),
        lines=(Line(x=np.array([2018.0, 2022.0]), y=np.array([1e8, 1e12]), stroke="dashed"),),
        levels=(Level(value=1e9, name="h"),),
        marks=(marks[0], Mark(x=2012, y=1e6, name="@term.output", tone="accent"), *marks[1:]),
        point=(2020.0, 1e10),
    )


def plane() -> Plane:
    grid = np.linspace(-1, 1, 20)
    return Plane(
        title="@term.output",
        x=AXIS,
        y=Axis(name="x₂", low=-1, high=1),
        values=np.add.outer(-grid, grid) / 2,
        points=np.array([[-0.5, -0.5], [0.5, 0.5], [5.0, 0.0]]),
        classes=np.array([0, 1, 1]),
        boundaries=(Boundary(w1=1, w2=0.5, h=0.2, name="a = h"), Boundary(w1=0, w2=0, h=1)),
        arrows=np.array([[-0.5, 0.5, -0.2, 0.4], [NAN, 0, 0, 0], [0.9, 0.9, 1.9, 0.9]]),
        present=0,
        wrong=np.array([True, False, False]),
        class_names=("@term.output 0", "1"),
        sides=("y = 0", "y = 1"),
        free=np.array([[-1.0, -1.0, 1.0, 1.0]]),
    )


def maps(count: int = 16) -> Raster:
    values = np.random.default_rng(4).random((count, 10, 10))
    return Raster(title="@term.output", values=values, note="16 × 10×10", high=2.0)


def playground() -> Graph:
    """A network of 7, 6, 4 and 1 units, each a heat map."""
    random = np.random.default_rng(4)
    sizes = (7, 6, 4, 1)
    nodes = [
        Node(
            name=f"{layer}.{unit}",
            layer=layer,
            symbol=f"x{unit}" if layer == 0 else "",
            map=random.random((8, 8)),
        )
        for layer, size in enumerate(sizes)
        for unit in range(size)
    ]
    links = [
        Link(source=f"{layer}.{i}", target=f"{layer + 1}.{j}", weight=float(random.normal()))
        for layer in range(3)
        for i in range(sizes[layer])
        for j in range(sizes[layer + 1])
    ]
    return Graph(nodes=tuple(nodes), links=tuple(links), heads=("in", "1", "2", "@term.output"))


def unit(weights: tuple[float, ...] = (0.8, -0.5, 1.2)) -> Graph:
    inputs = tuple(Node(name=f"x{i}", layer=0, symbol=f"x{i}", value=0.5) for i in range(len(weights)))
    tile = Node(name="u", layer=1, symbol="Σ", note="f", caption="@term.output", curve=np.array([0, 1.0]), large=True)
    links = tuple(Link(source=f"x{i}", target="u", weight=weight, label=f"w{i}") for i, weight in enumerate(weights))
    return Graph(nodes=(*inputs, tile), links=links)


def residual() -> Network:
    """A block whose shortcut goes around two layers, and a side exit."""
    stages = (
        Stage(name="input", label="in", cells=("", "3 × 8×8")),
        Stage(name="block", label="block", fold="open", cells=("1,120", "8 × 8×8"), value=1120),
        Stage(name="block.conv", label="conv", level=1, cells=("560", "8 × 8×8"), value=560, weighted=True),
        Stage(name="block.more", label="more", fold="folded", level=1, cells=("560", "8 × 8×8"), value=560),
        Stage(name="block.add", label="add", level=1, cells=("", "8 × 8×8")),
        Stage(name="head", label="head", cells=("90", "10"), value=90, weighted=True),
        Stage(name="output", label="@term.output", cells=("5,130", "10"), value=5130, weighted=True),
    )
    wires = (Wire(0, 2), Wire(2, 3), Wire(3, 4), Wire(0, 4, True), Wire(4, 5), Wire(4, 6))
    return Network(
        title="@term.output",
        columns=(Head("w", True), Head("x", True)),
        needs=(0, 1),
        barred=0,
        stages=stages,
        wires=wires,
        present=3,
        total=("Σ", "6,340", ""),
    )


def tree() -> Tree:
    """A way of two words through three fans, of which one has more than is drawn."""
    first = Fan(
        branches=(
            Branch(name="a", label="首都は", share=0.4),
            Branch(name="b", label="首相", share=0.3),
            Branch(name="c", label="観光", share=0.3),
        ),
        followed=0,
        picked=True,
    )
    second = Fan(
        branches=(
            Branch(name="d", label="東京", share=0.7),
            Branch(name="e", label="<京都> & co", share=0.2, seen=False),
        ),
        followed=0,
        picked=True,
        rest="+214",
        rest_share=0.1,
    )
    third = Fan(branches=(Branch(name="f", label="です", share=1.0),))
    return Tree(title="@term.output", root="日本の", before="だから", fans=(first, second, third), digits=1, at=1)


def written() -> Tokens:
    """A prompt and what was written after it, Japanese and English, one token of which is looked at."""
    pieces = ("The value", " of", " the", " list", "\n", "日本の", "首都", "は", " (", "x)", "\t", "…")
    return Tokens(
        title="@term.output",
        pieces=pieces,
        values=np.linspace(0, 14, len(pieces)),
        given=2,
        unseen=1,
        present=6,
        note="0.946",
        open=True,
        scale_name="@term.output",
        scale=((0.0, "1"), (6.6, "0.01")),
    )


def film() -> Film:
    """Eight moments of a square that comes out of grey, one of which is looked at."""
    square = np.zeros((28, 28))
    square[8:20, 8:20] = 1
    frames = np.stack([square * share + 0.5 * (1 - share) for share in np.linspace(0, 1, 8)])
    captions = tuple(f"t {995 - 142 * place}" for place in range(8))
    return Film(title="@term.output", frames=frames, captions=captions, present=3, note="8 / 20", right="9 / 20")


FIGURES: dict[str, Figure] = {
    "tokens": written(),
    "candidates": Bars(
        title="@term.output",
        names=("␣for", "␣(", "首都", "other"),
        values=np.array([0.5, 0.3, 0.2, 0.0]),
        beside=np.array([0.4, 0.3, 0.2, 0.1]),
        heads=("@term.output", "p"),
        high=0.5,
        chosen=1,
        cut=3,
        cut_name="@term.output",
        cursor=2,
    ),
    "curves": curves(),
    "years": years(),
    "written bars": Bars(
        title="@term.output",
        names=("32", "16"),
        values=np.array([2.0, 1.0]),
        high=2,
        written=("2.0 GB ✗", "@term.output"),
    ),
    "plane": plane(),
    "raster": maps(),
    "bars": Bars(title="@term.output", names=("0", "1 < 2 & 3"), values=np.array([0.007, 0.993]), chosen=1),
    "table": Table(
        title="@term.output",
        columns=(Column("x₁"), Column("a − h", right=True)),
        rows=((Cell("0"), Cell("−0.80", "neg", True)), (Cell("1"), Cell("@term.output", "pos"))),
        present=1,
    ),
    "formula": Formula(
        lines=(
            FormulaLine("a", (Term("=", "=", "muted"), Term("w₁", "0.80", "pos", True), Term("+", "−", "neg"))),
            FormulaLine("y", (Term("=", "=", "muted"), Term("@term.output", "0.61", "accent", True, gap=2))),
        )
    ),
    "graph": unit(),
    "playground": playground(),
    "network": residual(),
    "tree": tree(),
    "film": film(),
}

LENET5 = {"C1": (6, 28, 28), "C3": (16, 10, 10), "S4": (16, 5, 5), "C5": (1, 1, 120), "F6": (1, 7, 12)}
"""Shapes of the feature maps of LeNet-5's layers; the vectors are images of one row and of seven."""


def feature_maps(layer: str) -> Raster:
    """Feature maps of a layer, some values beyond their limits and some that are no numbers."""
    values = np.random.default_rng(5).normal(size=LENET5[layer])
    values[0, 0, :3] = NAN, np.inf, -np.inf
    size = "×".join(map(str, LENET5[layer]))
    return Raster(title=layer, values=values, note=size, map="signed" if layer in ("C5", "F6") else "sequential")


def unknown() -> dict[str, Figure]:
    """Figures whose numbers are none or infinite, or that hold nothing."""
    nothing = np.zeros((0, 2))
    broken = Line(x=np.arange(6.0), y=np.array([0, 1, NAN, np.inf, 1, 0]))
    spikes = Line(x=broken.x, y=broken.y, stroke="spikes")
    axis = Axis(high=5)
    tiles = (
        Node(name="a", layer=0, value=NAN, map=np.full((4, 4), NAN)),
        Node(name="b", layer=1, value=NAN, large=True, curve=np.array([NAN, 1.0])),
    )
    links = (Link(source="a", target="b", weight=NAN), Link(source="a", target="b", weight=np.inf))
    return {
        "no point": Curves(title="t", x=axis, y=axis, lines=(broken, spikes), point=(NAN, 0.5)),
        "no level": Curves(title="t", x=axis, y=axis, lines=(), levels=(Level(value=NAN),), point=(1, np.inf)),
        "no axis": Curves(title="t", x=Axis(high=0), y=Axis(high=0), lines=(spikes,), point=(0, 0)),
        "no samples": Curves(title="t", x=axis, y=axis, lines=(Line(x=nothing[:, 0], y=nothing[:, 0]),)),
        "no points": Plane(title="t", x=AXIS, y=AXIS, points=nothing, classes=nothing[:, 0]),
        "no places": Plane(
            title="t",
            x=AXIS,
            y=AXIS,
            values=np.full((5, 5), NAN),
            points=np.array([[NAN, 0.0], [0.0, np.inf]]),
            classes=np.array([0, 1]),
            boundaries=(Boundary(w1=NAN, w2=1, h=0),),
        ),
        "no bars": Bars(title="t", names=(), values=nothing[:, 0]),
        "no lengths": Bars(title="t", names=("a", "b"), values=np.array([NAN, np.inf]), high=0.0),
        "no tokens": Tokens(title="t", pieces=(), values=nothing[:, 0], open=True),
        "no surprise": Tokens(title="t", pieces=("a", ""), values=np.array([NAN, np.inf]), high=0.0),
        "no rows": Table(title="", columns=(Column("a"),), rows=()),
        "no equations": Formula(lines=()),
        "no layers": Network(title="t", columns=(Head("w"),), needs=(0,), stages=(), wires=()),
        "no branches": Tree(title="t", root="", fans=(Fan(branches=()),)),
        "no shares": Tree(
            title="t", root="a", fans=(Fan(branches=(Branch(name="b", label="b", share=NAN),), followed=0),)
        ),
        "no nodes": Graph(nodes=(), links=(), heads=("in",)),
        "no values": Graph(nodes=tiles, links=links),
        "no frames": Film(title="t", frames=np.zeros((0, 4, 4)), captions=(), right="r"),
        "no pictures": Film(
            title="t", frames=np.full((2, 4, 4), NAN), captions=("a",), present=1, map="signed", high=0.0
        ),
        "no images": Raster(title="t", values=np.full((3, 4, 4), NAN), map="signed", high=0.0),
    }


UNKNOWN = unknown()
