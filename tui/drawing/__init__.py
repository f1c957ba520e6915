"""Figures drawn without Textual: as terminal cells (`cells`, used by the screens and by `nnlab run`) and as SVG."""
