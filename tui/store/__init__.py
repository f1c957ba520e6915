"""What nnlab keeps between two starts: preferences, where the learner was, and a log.

Nothing here raises for a file that is broken, missing or can't be written: it answers with a `Notice`.
"""
