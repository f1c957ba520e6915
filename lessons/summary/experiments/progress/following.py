"""What is next: four rules that read the same record differently."""

from collections.abc import Callable, Mapping, Sequence

from lessons.summary.labs.progress.observation import LabStanding, Next, QuizStanding
from lessons.summary.labs.progress.settings import NAME, Rule

MOST = 3
"""Labs that are named."""

Labs = Sequence[LabStanding]
Quiz = Sequence[QuizStanding]


def _next(each: LabStanding, why: Rule, count: int) -> Next:
    return Next(lab=each.lab, address=each.lab, why=why, count=count)


def _to_go(each: LabStanding) -> int:
    return each.exercises - each.solved


def order(labs: Labs, quiz: Quiz) -> list[Next]:
    """The first labs of the lecture that have an exercise left."""
    return [_next(each, "order", _to_go(each)) for each in labs if _to_go(each)]


def begun(labs: Labs, quiz: Quiz) -> list[Next]:
    """What was left half done: where least is to do first, of these what was used last.

    That this lab is open does not mean that it was begun.
    """
    left = [each for each in labs if each.half_done and each.since is not None and (each.solved or each.lab != NAME)]
    left.sort(key=lambda each: (_to_go(each), each.since))
    return [_next(each, "begun", _to_go(each)) for each in left]


def missed(labs: Labs, quiz: Quiz) -> list[Next]:
    """The labs that show what was missed in the quiz, most first, each set as it shows it.

    For a question that this nnlab doesn't have it is a lab of its section: one with exercises left, else the one that
    is known least.
    """
    found: dict[str, list[str]] = {}
    for section in quiz:
        own = [each for each in labs if each.lab.partition(".")[0] == section.section]
        addresses = list(section.shown)
        if own and len(addresses) < section.missed:
            best = min(own, key=lambda each: (not _to_go(each), not each.half_done, each.recall or 0.0))
            addresses += [best.lab] * (section.missed - len(addresses))
        for address in addresses:
            found.setdefault(address.partition("?")[0], []).append(address)
    known = [each.lab for each in labs]
    order = sorted((lab for lab in found if lab in known), key=lambda lab: (-len(found[lab]), known.index(lab)))
    return [Next(lab=lab, address=found[lab][0], why="missed", count=len(found[lab])) for lab in order]


def fading(labs: Labs, quiz: Quiz) -> list[Next]:
    """What is known least of what was once solved."""
    known = sorted((each.recall, place) for place, each in enumerate(labs) if each.recall is not None)
    return [_next(labs[place], "fading", round(100 * chance)) for chance, place in known]


RULES: Mapping[Rule, Callable[[Labs, Quiz], list[Next]]] = {
    "order": order,
    "begun": begun,
    "missed": missed,
    "fading": fading,
}


def following(rule: Rule, labs: Labs, quiz: Quiz) -> tuple[Next, ...]:
    """The labs that a rule names; where it finds nothing, those of the lecture's order, which say so."""
    return tuple((RULES[rule](labs, quiz) or order(labs, quiz))[:MOST])
