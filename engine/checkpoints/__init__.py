"""Small trained networks that labs open with, as .safetensors; `scripts/make_checkpoints.py` makes each again."""
