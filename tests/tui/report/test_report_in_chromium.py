"""A report as a browser lays it out: nothing wider than the window, on a desk, on a phone and on paper."""

import shutil
import subprocess
from html import escape, unescape
from pathlib import Path

import pytest
from recorded import NOW, Recorded

from lessons.summary.gathering import gathered
from lessons.summary.labs.report.settings import ReportSettings
from tui.locale import words
from tui.report.writing import make

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="chromium is not installed")

SIZES = (1280, 400, 390, 320)

MEASURE = """
<!DOCTYPE html><meta charset="utf-8"><title>unread</title>%s
<script>
addEventListener("load", () => {
  document.title = [...document.querySelectorAll("iframe")].map(frame => {
    const inner = frame.contentDocument, width = inner.documentElement.clientWidth;
    const wide = [...inner.querySelectorAll("main, p, pre, td, dd, dt, h1, h2, h3, figure, figure > svg")].filter(
      each => each.getBoundingClientRect().right > width + 0.5 || (each.tagName !== "MAIN"
        && each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline"));
    wide.push(...[...inner.querySelectorAll("th")].filter(
      each => each.innerText && !/\\s/.test(each.innerText) && each.clientHeight > 45));
    const drawn = inner.querySelectorAll("figure > svg").length;
    return [width, inner.documentElement.scrollWidth, drawn, wide.map(each => each.tagName + each.innerText).join()]
      .join("|").replaceAll("\\n", " ");
  }).join("\\n");
});
</script>
"""
"""Measures the report in frames of each width; the report itself holds no script."""


def browse(tmp_path: Path, *arguments: str) -> str:
    assert BROWSER is not None
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", profile, *arguments]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_width_is_overflown(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Recorded(tmp_path)
    record.name(monkeypatch)
    record.full()
    chosen = ReportSettings(curves="all", owner="name" * 20)
    content = make(gathered(chosen), chosen, words(language), NOW, "1.2.3").content.decode()
    frames = "".join(
        f'<iframe width="{width}" height="800" style="border: 0" srcdoc="{escape(content)}"></iframe>'
        for width in SIZES
    )
    path = tmp_path / "measured.html"
    path.write_text(MEASURE % frames, encoding="utf-8")
    told = browse(tmp_path, "--window-size=1400,900", "--virtual-time-budget=4000", "--dump-dom", path.as_uri())
    title = unescape(told.partition("<title>")[2].partition("</title>")[0])
    measured = [line.split("|", 3) for line in title.splitlines()]
    assert len(measured) == len(SIZES), title
    for width, (inner, scrolled, drawn, wide) in zip(SIZES, measured, strict=True):
        assert 0 <= width - int(inner) <= 16  # a bar to scroll by may take some
        assert int(scrolled) <= int(inner) and not wide, (width, wide)
        assert int(drawn) == 17


def test_it_can_be_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Recorded(tmp_path)
    record.name(monkeypatch)
    record.full()
    chosen = ReportSettings()
    page, paper = tmp_path / "report.html", tmp_path / "report.pdf"
    page.write_bytes(make(gathered(chosen), chosen, words("en"), NOW, "1.2.3").content)
    browse(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri())
    content = paper.read_bytes()
    assert content.startswith(b"%PDF") and 3 <= content.count(b"/Type /Page\n") <= 12
