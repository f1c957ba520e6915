"""Training that takes longer than a few seconds: runs, each a folder and a process of its own."""
