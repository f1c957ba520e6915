"""A small network that is trained while one looks on: data in the plane, 0–6 hidden layers, one output.

Begin with `plain.py`, the textbook, then `network.py`, the same with biases inside the weight matrices.
"""
