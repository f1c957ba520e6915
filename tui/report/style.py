"""How a report looks: one style sheet in the colours of nnlab's paper theme, for screens, phones and paper.

Regions are made by tint and space, never by frames; fonts are the system's own, Japanese ones first where the report
is Japanese.
"""

from tui.drawing.palette import palette
from tui.locale import Language

TOKENS = (
    "background", "surface", "panel", "boost", "line", "foreground", "muted", "faint", "accent", "pos", "neg",
    "success", "error", "warning", "run",
)  # fmt: skip
"""Colours that the sheet uses, by their names."""

_LATIN = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial'
_JAPANESE = '"Hiragino Sans", "Hiragino Kaku Gothic ProN", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic UI", Meiryo'
FONTS: dict[Language, str] = {
    "ja": f"{_JAPANESE}, {_LATIN}, sans-serif",
    "en": f"{_LATIN}, {_JAPANESE}, sans-serif",
}
MONO = 'ui-monospace, "SFMono-Regular", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK JP", monospace'

_SHEET = """
*, *::before, *::after { box-sizing: border-box; }
html { color-scheme: light; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--background); color: var(--foreground);
  font-family: var(--text); font-size: 1rem; line-height: 1.65; line-break: strict; overflow-wrap: break-word;
}
:lang(ja) { line-height: 1.8; word-break: auto-phrase; }
main { max-width: 56rem; margin: 0 auto; padding: 4rem 2rem 5rem; }
h1 { font-size: 2.1rem; line-height: 1.25; font-weight: 650; margin: 0 0 .75rem; letter-spacing: -.01em; }
:lang(ja) h1 { letter-spacing: .02em; }
h2 {
  display: flex; justify-content: space-between; align-items: baseline; gap: 1rem;
  font-size: 1.45rem; line-height: 1.3; font-weight: 650; margin: 4.5rem 0 1.25rem;
}
h2 small { font-size: 1rem; font-weight: 400; color: var(--faint); font-variant-numeric: tabular-nums; }
h3 { font-size: 1.1rem; line-height: 1.45; font-weight: 650; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h3 small { font: .85rem var(--mono); color: var(--faint); margin-left: .5em; }
h3 .mark { margin-right: .4em; }
h4 { font-size: .95rem; font-weight: 400; color: var(--muted); margin: 1rem 0 .4rem; }
p { margin: 0 0 .75rem; }
a { color: var(--accent); text-underline-offset: .2em; }
code { font: .875em/1.5 var(--mono); overflow-wrap: anywhere; }
.brand { color: var(--accent); font: 600 .95rem var(--mono); margin: 0 0 1.5rem; }
.about { color: var(--muted); margin: 0; overflow-wrap: anywhere; }
.lead { margin: 2rem 0 0; font-size: 1.1rem; max-width: 40rem; }
.sums { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 2rem; margin: 3rem 0 0; }
.sums p { margin: 0; font-variant-numeric: tabular-nums; }
.sums strong { font-size: 2.5rem; line-height: 1.2; font-weight: 650; }
.sums .of { color: var(--faint); font-size: 1.1rem; }
.sums .label { color: var(--muted); font-size: .95rem; }
.bar { display: block; height: .3rem; background: var(--boost); margin-top: .5rem; }
.bar i { display: block; height: 100%; background: var(--success); }
nav { margin: 2.5rem 0 0; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; margin: 0; padding: 0; }
.notices { background: var(--panel); border-left: .3rem solid var(--warning); padding: 1rem 1.25rem; margin: 2rem 0 0; }
.notices p { overflow-wrap: anywhere; }
.notices p:last-child { margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .9rem .2rem 0; vertical-align: baseline; overflow-wrap: anywhere; }
th { text-align: left; font-weight: 400; font-size: .9rem; color: var(--muted); overflow-wrap: normal; }
th:last-child, td:last-child { padding-right: 0; }
.right { text-align: right; }
td.right { white-space: nowrap; }
td .bar { width: 7rem; max-width: 100%; margin: 0; }
.tiles { display: inline-flex; gap: .2rem; }
.tiles i { width: .7rem; height: .7rem; background: var(--boost); }
.tiles .full { background: var(--success); }
tr.head td { padding-top: 1.1rem; font-weight: 650; }
table + .entry { margin-top: 2rem; }
.entry { background: var(--surface); padding: 1.25rem 1.5rem 1.4rem; margin: 0 0 1.25rem; }
.entry > :last-child { margin-bottom: 0; }
.solution { margin: 1rem 0 0; }
.solution p { margin: 0; }
.solution .mark { float: left; margin-left: -1.4em; }
.solution { padding-left: 1.4em; }
.solution .facts { color: var(--muted); font-size: .93rem; overflow-wrap: anywhere; }
.solution code { color: var(--accent); }
summary { cursor: pointer; overflow-wrap: anywhere; }
dl {
  display: grid; grid-template-columns: repeat(2, max-content minmax(0, 1fr)); gap: .1rem 1.25rem; margin: 0 0 1rem;
}
dt { color: var(--muted); font-size: .93rem; }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 1rem 1.5rem; }
figure { margin: 0; }
figure svg { display: block; max-width: 100%; height: auto; }
.wide svg { width: 100%; }
pre {
  font: .9rem/1.6 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; margin: 0;
  padding: 1rem 1.25rem; background: var(--background);
}
footer { margin-top: 4.5rem; color: var(--faint); font-size: .9rem; }
.bold { font-weight: 650; }
@media (max-width: 40rem) {
  main { padding: 2rem 1.1rem 3rem; }
  h1 { font-size: 1.7rem; }
  h2 { margin-top: 3.25rem; font-size: 1.3rem; }
  .sums { grid-template-columns: 1fr 1fr; gap: 1.5rem; margin-top: 2rem; }
  .sums strong { font-size: 2rem; }
  dl { grid-template-columns: max-content minmax(0, 1fr); }
  .entry { padding: 1rem 1.1rem 1.1rem; margin-left: -1.1rem; margin-right: -1.1rem; }
  th, td { padding-right: .4rem; }
  td .bar { width: 3rem; }
  th.right:last-child, td.right:last-child { font-size: .85rem; }
}
@media (min-width: 24rem) { :lang(en) td:first-child { overflow-wrap: break-word; } }
@page { margin: 18mm 16mm; }
@media print {
  :root { --background: #ffffff; --surface: #ffffff; --panel: #ffffff; --foreground: #000000; }
  html { font-size: 10.5pt; }
  body { line-height: 1.5; }
  main { max-width: none; margin: 0; padding: 0; }
  nav { display: none; }
  h2 { margin-top: 2.5rem; }
  h1, h2, h3, h4 { break-after: avoid; break-inside: avoid; }
  .solution, figure, tr, dl, .sums, .notices { break-inside: avoid; }
  .entry { padding: 0; margin-bottom: 1.75rem; }
  .notices { padding: 0 0 0 1rem; }
  p, pre { orphans: 3; widows: 3; }
  pre { padding: 0; }
  ::details-content { content-visibility: visible; }
  .pictures { grid-template-columns: 1fr 1fr; gap: .5rem 1rem; }
  .bar, .bar i, .tiles i { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  figure svg > title + rect { fill: #ffffff; }
  a { color: inherit; text-decoration: none; }
}
"""


def sheet(language: Language) -> str:
    """The whole style sheet of a report in a language."""
    shades = palette("paper")
    colours = "".join(f"--{token}: {shades.colour(token)}; " for token in TOKENS)
    tones = "".join(
        f".{token} {{ color: var(--{token}); }}\n" for token in TOKENS if token not in ("background", "line")
    )
    head = f":root {{ {colours}--text: {FONTS[language]}; --mono: {MONO}; }}"
    return f"{head}\n{_SHEET.strip()}\n{tones}"
