"""What `nnlab` runs. Textual is imported only where the screens open, numpy only where a lab is needed."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper

from tui.locale import Language, Words, language_of
from tui.locale import words as words_of
from tui.store.places import Places, places
from tui.store.preferences import Preferences, peek

FAILED, WRONG, INTERRUPTED = 1, 2, 130
"""Exit statuses besides 0."""

COMPLETION = "_NNLAB_COMPLETE"
"""Set by a shell that asks how a line may go on."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 failed, 2 wrongly asked, 130 interrupted."""
    kept = places()
    preferences = peek(kept)
    words = words_of(_language(preferences))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a letter that the terminal lacks is no reason to fail
    try:
        if not (sys.argv[1:] if arguments is None else arguments) and COMPLETION not in os.environ:
            from tui.command_line.opening import open_program

            # The way that most take goes without the tree of commands, whose import the first paint would wait for.
            return open_program(words, kept, None, preferences.language is None)
        from tui.command_line.program import program

        status = program(words, preferences, kept).main(arguments, "nnlab", standalone_mode=False)
        sys.stdout.flush()
        return int(status or 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return FAILED
    except Exception as error:
        return _explained(error, words, kept)


def _explained(error: Exception, words: Words, kept: Places) -> int:
    """Say an error in one line, with a traceback in the log where nobody asked wrongly; return the status."""
    from click import Abort, ClickException

    from tui.errors import explain, is_mistake

    if isinstance(error, Abort):
        return INTERRUPTED
    if isinstance(error, ClickException):
        from tui.command_line.usage import explain_usage

        return _say(explain_usage(error, words), WRONG)
    if is_mistake(error):
        return _say(explain(error, words), WRONG)
    import logging

    from tui.store import logfile

    unlogged = logfile.start(kept)
    logging.getLogger("nnlab").critical("a command failed", exc_info=error)
    logfile.stop()
    if isinstance(error, OSError):
        _drop_output()
    if isinstance(error, (OSError, MemoryError)) or unlogged is not None:
        return _say(explain(error, words), FAILED)
    return _say(words.text("error.unexpected", log=logfile.log_path(kept)), FAILED)


def _say(text: str, status: int) -> int:
    with suppress(OSError):
        print(f"nnlab: {text}", file=sys.stderr)
    return status


def _drop_output() -> None:
    """Let the rest of what was to go to a closed pipe or a full disk vanish, so that the exit is silent."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


def _language(preferences: Preferences) -> Language:
    """Choose the language; where the output can't hold Japanese, English."""
    if "utf" not in (sys.stdout.encoding or "").lower():
        return "en"
    return preferences.language or language_of(os.environ)


if __name__ == "__main__":
    sys.exit(main())
