"""One view a lab: it places figures and hands on gestures. A lab without a file of its own gets `LabView`."""
