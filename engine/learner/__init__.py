"""A model of the learner: what is remembered of what was practised, as time goes by."""
