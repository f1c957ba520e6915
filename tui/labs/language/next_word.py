"""The view of `language.next_word`: the tree, the corpus it is counted from, the sentence that is asked."""

from typing import Any

from msgspec import structs
from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget

from lessons.language.labs.next_word import END, LONGEST, NAME, NextWordObservation, NextWordSettings
from lessons.vocabulary.settings import fields
from tui.commands import Command, bindings
from tui.errors import of_model
from tui.labs.language.next_word_corpus import Corpus
from tui.labs.language.next_word_words import Notice, Perplexity, facts
from tui.labs.view import LabView
from tui.session import LabSession
from tui.widgets.chips import Chips
from tui.widgets.controls import Controls
from tui.widgets.figure import FigureView
from tui.widgets.part_row import PartRow
from tui.widgets.slider import Slider
from tui.widgets.text_row import TextRow
from tui.widgets.tree_view import TreeView
from tui.widgets.typed_row import TypedRow

PARTS = {"tree": "#tree", "corpus": "#corpus", "sentence": "#setting-sentence", "perplexity": "#parts"}
"""What is shown one at a time where there is little room, and what has the focus then."""

ALL_COLUMNS, ALL_ROWS, CHOICES_COLUMNS = 104, 28, 78
"""Cells from which on tree, corpus and sentence are seen together, and two settings stand in a row."""

KEYS = (
    Command("draw_word", ("full_stop", "comma"), "run", 1, ". ,", actions=("draw_word(1)", "draw_word(-1)")),
    Command(
        "draw_end", ("greater_than_sign", "less_than_sign"), "run", 2, "> <", actions=("draw_end(1)", "draw_end(-1)")
    ),
    Command("own_text", ("i",), "change", 11),
)


class View(LabView):
    """Settings above; tree and corpus beside each other; below, the probability of a sentence and the perplexity."""

    FIRST = "tree"
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    def __init__(self, session: LabSession) -> None:
        super().__init__(session)
        self.add_class("-tree")
        self.part = "tree"
        self.refused = ""
        """Why a file was not taken, until something else is set."""

        self._offered = ("", "")
        """The file that was refused, and the encoding that it is likely to have."""

        self._wanted = 0
        """Draws that wait for the picture of the draw before."""

    def compose_bench(self) -> ComposeResult:
        """Place figures and controls as `next_word.tcss` arranges them."""
        settings = self.session.settings
        texts = {each.name: each for each in fields(NextWordSettings)}
        with Container(id="choices"):
            for name in ("text", "order", "smoothing", "unit", "k"):
                yield Controls(settings, only=(name,), beside=True, id=f"choice-{name}")
        yield TextRow(texts["prompt"], str(getattr(settings, "prompt", "")), label=12)
        yield Notice(self.session, id="notice")
        yield PartRow(tuple(PARTS), f"{NAME}.part", "tree", id="parts")
        with Horizontal(id="tree-and-corpus"):
            with Vertical(id="tree-side"):
                yield TreeView(id="tree")
                yield FigureView(id="product")
            yield Corpus(id="corpus")
        with Horizontal(id="asked"):
            with Vertical(id="sentence-side"):
                yield TextRow(texts["sentence"], str(getattr(settings, "sentence", "")), label=12)
                yield FigureView(id="words")
            with Vertical(id="perplexity-side"):
                yield Perplexity(self.session, id="perplexity")
                yield FigureView(id="perplexities")

    def control(self, name: str) -> Widget | None:
        """Find the control of a setting; that of the path is the tree, that of the corpus its sentences."""
        if name in ("tree", "path"):
            return self.query_one("#tree")
        if name == "corpus":
            return self.query_one("#corpus")
        return super().control(name)

    @property
    def seen(self) -> NextWordObservation | None:
        """What was seen, once something was."""
        seen = self.session.observation
        return seen if isinstance(seen, NextWordObservation) else None

    def on_resize(self, event: events.Resize) -> None:
        """Show one part at a time where there is little room."""
        width, height = event.size
        self.set_class(width < ALL_COLUMNS or height < ALL_ROWS, "-one")
        self.set_class(width < CHOICES_COLUMNS, "-slim")
        self.set_class(height >= ALL_ROWS, "-tall")

    # What is shown

    def show(self) -> None:
        """Show what was seen, or why a file was refused."""
        super().show()
        self._give_back()
        self.query_one(Notice).say(self.refused)
        self.query_one(Perplexity).repaint()
        if self.seen is not None:  # the line above says what the bars are
            self.query_one("#perplexities", FigureView).show(structs.replace(self.seen.perplexities, title=""))
        self._show_corpus()
        self._draw_on()

    def show_settings(self) -> None:
        """Bring the controls to the session."""
        super().show_settings()
        settings, seen = self.session.settings, self.seen
        self.set_class(getattr(settings, "smoothing", "") == "add_k", "-k")
        for row in self.query(TextRow):
            name = row.setting.name
            row.show(str(getattr(settings, name, "")), str(getattr(seen, name, "")))

    def _show_corpus(self) -> None:
        seen, settings = self.seen, self.session.shown_settings
        if seen is None or not isinstance(settings, NextWordSettings):
            return
        tree, corpus = seen.tree, self.query_one(Corpus)
        fan = tree.fans[tree.at + 1] if tree.at + 1 < len(tree.fans) else None
        followed = fan.branches[fan.followed].name if fan is not None and fan.followed is not None else ""
        editable = seen.source == "lecture" and settings.unit == "words"
        text = facts(seen, self.nnlab.words, settings.unit)
        corpus.show(seen.lines, seen.context, followed, text, editable=editable)

    def _give_back(self) -> None:
        """Where a file can't be taken, say why, and go on with what was there before."""
        session = self.session
        problem = session.problem
        if problem is None or problem.kind != "TextError":
            return
        self.refused = of_model(problem.kind, problem.values, self.nnlab.words)
        if setting := str(problem.values.get("setting", "")):
            self._offered = str(getattr(session.settings, "file", "")), setting
            self.refused += self.nnlab.words.text(f"{NAME}.offer", encoding=setting)
        before = session.shown_settings
        kept = {"text": "lecture", "file": "", "encoding": "utf-8"}
        values = {name: getattr(before, name, value) for name, value in kept.items()}
        if any(getattr(session.settings, name) != value for name, value in values.items()):
            session.set_all(**values)
        elif values["text"] == "file":
            session.set_all(**kept)

    # What the learner does

    def _set(self, **values: Any) -> None:
        self.refused = ""
        self._wanted = 0
        self.session.set_all(**values)

    def next_part(self) -> None:
        """Show the next part, where one is shown at a time; where all are, give it the focus."""
        names = tuple(PARTS)
        self._show_part(names[(names.index(self.part) + 1) % len(names)])

    def _show_part(self, part: str) -> None:
        parts = self.query_one(PartRow)
        if part == "perplexity" and not parts.display:
            part = "tree"  # all is seen anyway, and there is nothing to set
        self.part = part
        for name in PARTS:
            self.set_class(name == part, f"-{name}")
        parts.part = part
        if not parts.has_focus:
            self.query_one(PARTS[part]).focus()

    def on_part_row_chosen(self, event: PartRow.Chosen) -> None:
        """Show a part."""
        event.stop()
        self._show_part(event.part)

    def on_chips_changed(self, event: Chips.Changed) -> None:
        """Another text or unit begins at its own words; a text of one's own is asked for."""
        event.stop()
        event.prevent_default()
        fresh = {"prompt": "", "path": "", "sentence": ""} if event.name in ("text", "unit") else {}
        if event.name == "text" and event.value == "file" and not getattr(self.session.settings, "file", ""):
            self._set(text="file", **fresh)
            self.action_own_text()
        else:
            self._set(**{event.name: event.value}, **fresh)

    def on_slider_changed(self, event: Slider.Changed) -> None:
        """What was refused before is said no more."""
        event.stop()
        event.prevent_default()
        self._set(**{event.name: event.value})

    def on_typed_row_changed(self, event: TypedRow.Changed) -> None:
        """Another prompt begins another tree."""
        event.stop()
        fresh = {"path": ""} if event.name == "prompt" else {}
        self._set(**{event.name: event.value}, **fresh)

    def on_tree_view_picked(self, event: TreeView.Picked) -> None:
        """Go the way that was picked."""
        event.stop()
        self._go(" ".join(event.names))

    def _go(self, path: str) -> None:
        if len(path) <= LONGEST:
            self._set(path=path)

    def on_corpus_changed(self, event: Corpus.Changed) -> None:
        """Count other sentences."""
        event.stop()
        self._set(corpus=event.corpus)

    def action_draw_word(self, way: int) -> None:
        """Draw the next word by chance, or take the last one back."""
        if way < 0:
            self._wanted = 0
            self._go(" ".join(self.query_one(TreeView).way[:-1]))
        else:
            self._wanted += 1
            self._draw_on()

    def _draw_on(self) -> None:
        """Add the words whose draw was asked for, once it is known what comes next."""
        seen, session = self.seen, self.session
        if not self._wanted or seen is None or session.shown_settings != session.settings:
            return
        words, self._wanted = seen.sampled[: self._wanted], 0
        if words:
            self._go(" ".join([*seen.path.split(), *words]))
        else:
            key = "ended" if seen.path.endswith(END) else "never"
            self.nnlab.tell_text(self.nnlab.words.text(f"{NAME}.{key}"))

    def action_draw_end(self, way: int) -> None:
        """Write by chance to the end of the sentence, or go back to the prompt."""
        if way < 0:
            self._wanted = 0
            self._go("")
        else:
            self._wanted += LONGEST
            self._draw_on()

    def action_own_text(self) -> None:
        """Ask for a text file, and count it."""
        from tui.screens.choose_file import ChooseFile

        path = self._offered[0] or str(getattr(self.session.settings, "file", ""))
        self.app.push_screen(ChooseFile(path, self._take_file, f"{NAME}.file.title", (".txt", ".md"), "novel.txt"))

    def _take_file(self, path: str) -> None:
        offered, encoding = self._offered
        self._offered = ("", "")
        how = encoding if path == offered and path else "utf-8"
        text = "file" if path else "lecture"
        self._set(text=text, file=path, encoding=how, prompt="", path="", sentence="")
