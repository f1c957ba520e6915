"""What would end a process that goes on after its terminal is closed."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from lessons.notice import Notice

INITS = {"systemd", "init", "tini", "dumb-init", "docker-init", "catatonit", "s6-svscan", "launchd"}
"""Names of first processes that outlive what is started in them."""


def endings(environ: Mapping[str, str], root: Path = Path("/")) -> Iterator[Notice]:
    """Name each thing on this machine that would end such a process, the surest first."""
    if job := environ.get("SLURM_JOB_ID"):
        yield Notice("doctor.detached.slurm", {"job": job})
    if _in_container(environ, root) and _first_process(root) not in INITS:
        yield Notice("doctor.detached.container", {"first": _first_process(root) or "–"})
    if kills_user_processes(root, _user(environ)) and in_session(environ):
        yield Notice("doctor.detached.logind")


def kills_user_processes(root: Path, user: str) -> bool:
    """Read whether systemd ends a user's processes at logout; later files win, as in logind.conf(5)."""
    kills = False
    only: list[str] = []
    excluded = ["root"]
    for path in _logind_files(root):
        for line in _text(path).splitlines():
            name, _, value = (part.strip() for part in line.partition("="))
            if name == "KillUserProcesses":
                kills = value.lower() in ("yes", "true", "on", "1")
            elif name == "KillOnlyUsers":
                only = value.split()
            elif name == "KillExcludeUsers":
                excluded = value.split()
    return kills and user not in excluded and (not only or user in only)


def _logind_files(root: Path) -> list[Path]:
    """The main file, then the fragments by name; one in /etc hides its namesake in /run and /usr/lib."""
    homes = [root / home / "systemd" for home in ("usr/lib", "run", "etc")]
    main = next((home / "logind.conf" for home in reversed(homes) if (home / "logind.conf").is_file()), None)
    fragments: dict[str, Path] = {}
    for home in homes:
        fragments |= {path.name: path for path in sorted((home / "logind.conf.d").glob("*.conf"))}
    return [*([main] if main else []), *(fragments[name] for name in sorted(fragments))]


def in_session(environ: Mapping[str, str]) -> bool:
    """Tell whether this is a login session that systemd keeps; not knowing counts as one."""
    session = environ.get("XDG_SESSION_ID")
    if not session or shutil.which("loginctl") is None:
        return bool(session)
    try:
        done = subprocess.run(
            ["loginctl", "show-session", session, "--property=Scope"],
            capture_output=True,
            text=True,
            timeout=5,
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    return done.returncode != 0 or "Scope=session-" in done.stdout


def _in_container(environ: Mapping[str, str], root: Path) -> bool:
    marks = (root / ".dockerenv", root / "run" / ".containerenv")
    return "container" in environ or any(mark.exists() for mark in marks)


def _first_process(root: Path) -> str:
    return _text(root / "proc" / "1" / "comm").strip()


def _user(environ: Mapping[str, str]) -> str:
    return environ.get("USER") or environ.get("LOGNAME") or ("root" if getattr(os, "geteuid", lambda: 1)() == 0 else "")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
