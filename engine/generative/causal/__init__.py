"""The causal graph Object, Position, Orientation → Image: scenes, a decoder and an encoder that learn from them."""
