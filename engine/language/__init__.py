"""Networks and counts that know language, one file a model, and what cuts text into tokens."""
