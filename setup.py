"""Compiles the message catalogues (.po to .mo) whenever nnlab is built or installed, editable installs too."""

import runpy
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

LOCALE = Path(__file__).parent / "tui" / "locale"


class BuildWithCatalogues(build_py):
    """Writes each catalogue's .mo beside its .po before the packages are collected."""

    def run(self) -> None:
        runpy.run_path(str(LOCALE / "compile.py"))["compile_all"](LOCALE)
        super().run()


setup(cmdclass={"build_py": BuildWithCatalogues})
