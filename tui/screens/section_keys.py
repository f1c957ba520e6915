"""The keys of a section's screen."""

from tui.commands import Command

KEYS = (
    Command("play", ("space",), "run", 1),
    Command("one", ("full_stop", "comma"), "run", 2, ". ,", actions=("forward(1)", "back(1)")),
    Command(
        "many",
        ("greater_than_sign", "less_than_sign"),
        "run",
        written="> <",
        actions=("forward(10)", "back(10)"),
    ),
    Command("restart", ("r",), "run", 3),
    Command("seed", ("n",), "run"),
    Command("undo", ("u",), "change", 7),
    Command("redo", ("U",), "change"),
    Command("settings", ("p",), "keep"),
    Command("mark", ("x",), "change"),
    Command("exercise", ("e",), "see", 8),
    Command("exercise_again", ("R",), "see"),
    Command("hint", ("h",), "see"),
    Command("lesson", ("l",), "see", 10),
    Command("scroll", ("j", "k"), "move", actions=("scroll(3)", "scroll(-3)"), palette=False),
    Command("view", ("v",), "see", 8),
    Command("zoom", ("z",), "see"),
    Command("source", ("s",), "see", 9),
    Command("copy", ("c",), "keep"),
    Command("open", ("o",), "keep"),
    Command(
        "lab",
        ("left_square_bracket", "right_square_bracket"),
        "move",
        written="[ ]",
        actions=("lab(-1)", "lab(1)"),
    ),
    Command(
        "section",
        ("left_curly_bracket", "right_curly_bracket"),
        "move",
        written="{ }",
        actions=("section(-1)", "section(1)"),
    ),
    Command(
        "number",
        tuple("123456789"),
        "move",
        written="1…9",
        actions=tuple(f"number({n})" for n in range(1, 10)),
        palette=False,
    ),
    Command("home", ("escape",), "move"),
)
