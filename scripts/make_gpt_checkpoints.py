"""Makes the GPTs that come with nnlab: `python scripts/make_gpt_checkpoints.py [english] [japanese]`."""

import sys
from typing import get_args

from engine.language.gpt.corpus import read
from engine.language.gpt.sample import sample
from engine.language.gpt.trained import FOLDER, SETTINGS, Language, history_packed
from engine.language.gpt.training import GptTraining

DIGITS = 4
"""Significant digits of the curves."""


def make(language: Language) -> None:
    """Train one and write it."""
    settings = SETTINGS[language]
    training = GptTraining(read(language)[0], **settings)
    metrics, samples = [], {}
    for step in training.steps():
        if step.values:
            rounded = {name: float(f"{value:.{DIGITS}g}") for name, value in step.values.items()}
            metrics.append({"step": step.step, "epoch": step.epoch, "examples": step.examples, **rounded})
        if step.checkpoint:
            samples[step.step] = sample(training.model, training.tokenizer, seed=training.seed).text
    content = history_packed(training.weights(), samples, metrics, dict(training.facts()), settings)
    path = FOLDER / f"gpt-{language}.safetensors"
    path.write_bytes(content)
    print(f"{path.name}: {len(content)} bytes, held-out loss {metrics[-1]['test_loss']}")


def main() -> None:
    """Make those that are named, or all."""
    for language in get_args(Language):
        if language in sys.argv[1:] or not sys.argv[1:]:
            make(language)


if __name__ == "__main__":
    main()
