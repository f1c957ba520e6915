"""Compiles each catalogue's .po to the .mo that gettext reads: `python -m tui.locale.compile`."""

from pathlib import Path

FOLDER = Path(__file__).parent


def compile_all(folder: Path = FOLDER) -> list[Path]:
    """Compile the catalogues that are newer than their compiled form; return those written."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po, abort_invalid=True))
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_all():
        print(path)
