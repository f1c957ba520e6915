import math
from typing import get_args

import pytest

from engine.language.gpt.sampling import Rules
from engine.language.gpt.trained import FOLDER, SETTINGS, Language, shipped
from engine.language.gpt.writing import Writer

LANGUAGES: tuple[Language, ...] = get_args(Language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_ships_has_learned_its_language(language: Language) -> None:
    history = shipped(language)
    losses = [point["test_loss"] for point in history.metrics if "test_loss" in point]
    assert losses[0] == pytest.approx(math.log(history.trained.tokenizer.size), abs=0.3)
    assert losses[-1] < history.facts["ngram_loss"]  # both are nats a character of the same held-out text
    assert history.settings == SETTINGS[language]
    assert history.samples.keys() == {point["step"] for point in history.metrics if "test_loss" in point}
    assert history.facts["parameters"] == history.trained.model.parameters_count


def test_english_words_come_out() -> None:
    trained = shipped("english").trained
    writer = Writer(trained.model, trained.tokenizer.encode("The "), seed=1)
    text = trained.tokenizer.decode([each.token for each in writer.run(Rules(temperature=0.5), 300)])
    known = ("the", "is", "of", "a", "to", "and")
    assert sum(word in known for word in text.split()) >= 8


def test_all_of_it_is_small() -> None:
    assert sum((FOLDER / f"gpt-{each}.safetensors").stat().st_size for each in LANGUAGES) <= 3_000_000
