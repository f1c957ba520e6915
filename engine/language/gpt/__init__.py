"""GPT: the model, its tokenizers, how it writes, and how it is trained."""
