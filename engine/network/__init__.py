"""The artificial neuron and the networks made of it, in NumPy alone."""
