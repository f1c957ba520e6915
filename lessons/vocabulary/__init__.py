"""The few words that all labs are written in: Settings, Observation and figures, Exercise, Lab, Section.

Nothing here imports numpy, torch or Textual when it is only asked for names (`section`).
"""
