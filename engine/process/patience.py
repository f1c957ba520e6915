"""How torch's threads wait for each other, for every process that computes."""

PATIENT = {"OMP_WAIT_POLICY": "PASSIVE"}
"""Threads that have nothing to do give their core away. Spinning, which is the default, is quicker by nothing that
could be measured here, and where others use the cores too it makes training up to sixty times slower."""
