"""What is taught and tried: a folder a section, and the few words that all labs are written in."""
