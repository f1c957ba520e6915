"""`language.gpt`: what is written follows from the settings; rules change the draw and nothing that stands already."""

import numpy as np
import pytest
from msgspec import structs

from engine.language.gpt.sampling import probabilities
from engine.language.gpt.training import DEFAULTS
from lessons.catalogue import load
from lessons.language.experiments.gpt import figures
from lessons.language.experiments.gpt.passage import passage
from lessons.language.experiments.gpt.sources import source
from lessons.language.labs.gpt.ids import MOST, decode, encode
from lessons.language.labs.gpt.settings import MOST_TOKENS, RULES, GptSettings, planned

LAB = "language.gpt"


def seen(observe, **values):
    return observe(LAB, GptSettings(**values))


def test_ids_come_back_and_what_is_none_gives_none():
    for ids in ((), (0,), (1, 65_535, 300), tuple(range(MOST))):
        assert decode(encode(ids)) == ids
    assert decode("…") == decode("a") == ()
    assert len(encode(range(MOST))) <= 2668


def test_a_step_on_adds_one_token_and_a_step_back_takes_it_away(observe):
    settings = GptSettings(tokens=8)
    before = observe(LAB, settings)
    after = observe(LAB, structs.replace(settings, **before.onward))
    assert after.token_ids[:-1] == before.token_ids and len(after.token_ids) == 9
    assert after.text.pieces[-1] == before.next_token
    again = observe(LAB, structs.replace(settings, **after.backward))
    assert again.token_ids == before.token_ids


def test_what_is_settled_stays_whatever_rule_changes(observe):
    settings = GptSettings(tokens=8)
    before = observe(LAB, settings)
    held = structs.replace(settings, **before.settled)
    for changed in ({"temperature": 0.1}, {"top_k": 1}, {"top_p": 0.1}, {"repetition": 2.0}, {"draw": "greedy"}):
        assert set(changed) <= set(RULES)
        assert observe(LAB, structs.replace(held, **changed)).token_ids == before.token_ids
    anew = observe(LAB, structs.replace(held, **before.anew))
    assert anew.token_ids == before.token_ids  # the same seed draws the same


def test_other_rules_ask_the_network_for_nothing(observe):
    settings = structs.replace(GptSettings(seed=77), **seen(observe, tokens=6, seed=77).settled)
    observe(LAB, settings)
    text = passage(source(settings), 77, True, 0)
    asked = []
    real = text.writer._read
    text.writer._read = lambda place: (asked.append(place), real(place))
    observe(LAB, structs.replace(settings, temperature=1.7, top_p=1.0))
    assert asked == []
    observe(LAB, structs.replace(settings, **observe(LAB, settings).onward))
    assert len(asked) == 1


def test_the_bars_are_the_models_own_probabilities_and_those_of_the_rules(observe):
    found = seen(observe, tokens=4, top_k=5, top_p=1.0)
    bars = found.next
    assert len(bars.names) == len(found.candidates) == 50
    assert bars.cut == 5 == found.possible and bars.cut_name.endswith("top_k")
    assert bars.values[:5].sum() == pytest.approx(1, abs=1e-4) and not bars.values[5:].any()
    assert (np.diff(bars.values) <= 0).all()
    text = passage(source(GptSettings()), 0, True, 0)
    own = probabilities(text.logits(len(text.tokens)))
    np.testing.assert_allclose(bars.beside, own[list(found.candidates)], atol=1e-6)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"top_k": 3, "top_p": 1.0}, "top_k"),
        ({"top_p": 0.3, "top_k": 0}, "top_p"),
        ({"min_p": 0.5, "top_k": 0, "top_p": 1.0}, "min_p"),
        ({"temperature": 0.0}, "greedy"),
        ({"draw": "greedy"}, "greedy"),
    ],
)
def test_the_line_names_the_rule_that_cuts(values, name, observe):
    assert seen(observe, tokens=2, **values).next.cut_name == f"@{LAB}.cut.{name}"


def test_nothing_is_cut_without_rules(observe):
    bars = seen(observe, tokens=2, top_k=0, top_p=1.0).next
    assert bars.cut is None and not bars.cut_name


def test_top_p_0_and_temperature_0_leave_the_best_token(observe):
    for values in ({"top_p": 0.0}, {"temperature": 0.0}):
        found = seen(observe, tokens=3, **values)
        assert found.possible == 1 and found.probability == 1


def test_a_place_further_back_shows_the_token_that_stands_there(observe):
    now = seen(observe, tokens=12)
    found = seen(observe, tokens=12, place=5)
    assert found.looked_at == 7 and found.text.present == found.text.given + 7
    assert found.candidates[found.next.chosen] == now.token_ids[7]
    assert found.text.note == f"{found.next.beside[found.next.chosen]:.3f}"


def test_surprise_perplexity_and_repetition_are_those_of_the_written_tokens(observe):
    found = seen(observe, tokens=20)
    bits = found.text.values[found.text.given :]
    assert found.mean_bits == pytest.approx(bits.mean(), abs=1e-3)
    assert found.perplexity == pytest.approx(2**found.mean_bits, rel=1e-3)
    assert figures.repeated([*"twelve letters twelve letters"], 15) == 3
    assert figures.repeated([*"nothing comes here again"], 0) == 0


def test_with_and_without_the_cache_the_same_is_written(observe):
    assert seen(observe, tokens=90).token_ids == seen(observe, tokens=90, cache=False).token_ids


def test_the_window_moves_at_the_contexts_end_and_that_is_said(observe):
    found = seen(observe, tokens=400)
    assert found.window_start > 0 and found.text.unseen == found.window_start
    assert [news.kind for news in found.news] == ["window"]


def test_a_prompt_longer_than_the_context_is_cut_and_that_is_said(observe):
    found = seen(observe, prompt="The value of the expression is. " * 30, tokens=1)
    assert found.news[0].kind == "prompt_cut" and int(found.news[0].values["n"]) > 0


def test_the_second_text_is_another_temperature_of_the_same_draws(observe):
    found = seen(observe, tokens=10, two=True, temperature2=0.8)
    assert found.text2.pieces == found.text.pieces
    found = seen(observe, tokens=10, two=True, temperature2=2.0, top_k=0, top_p=1.0)
    assert found.text2.pieces != found.text.pieces


def test_beam_search_holds_texts_and_takes_the_first_token_of_the_best(observe):
    found = seen(observe, tokens=3, draw="beam", beams=3)
    assert len(found.beams.rows) == 3
    assert found.beams.rows[0][0].text.startswith(figures.label(found.next_token))
    sums = [float(row[1].text.replace("−", "-")) for row in found.beams.rows]
    assert sums == sorted(sums, reverse=True)


def test_it_ends_where_no_more_can_be_held():
    from lessons.language.experiments.gpt import _onward

    assert _onward(GptSettings(tokens=MOST_TOKENS), MOST_TOKENS) == {}


def test_names_of_tokens_show_what_has_no_sign():
    assert [figures.label(each) for each in (" for", " ", "\n", "a b", "")] == ["␣for", "␣", "⏎", "a b", "▫"]


def test_the_planned_size_is_that_of_the_model(observe):
    found = seen(observe, tokens=0)
    same = GptSettings(layers=found.layers, heads=found.heads, width=found.width, context=found.context)
    assert planned(same, found.vocabulary) == found.parameters


def test_every_view_has_its_figures(observe):
    assert seen(observe, tokens=2, view="train").loss is not None
    assert len(set(seen(observe, tokens=2, view="tokens").split.pieces)) > 20
    assert len(seen(observe, tokens=2, view="cache").times.lines) == 2


def test_byte_pairs_are_found_on_the_spot_and_listed_as_they_were_joined(observe):
    found = seen(observe, tokens=1, view="tokens", level="bpe", vocabulary=300)
    rows = [[cell.text for cell in row] for row in found.joined.rows]
    assert len(rows) == 300 - 256
    assert rows[0][1] + rows[0][2] == rows[0][3]
    counts = [int(row[4].replace(",", "")) for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert max(map(len, found.split.pieces)) > 1


def test_writing_settings_start_no_run_and_training_settings_do():
    lab = load(LAB)
    assert lab.trains(GptSettings(layers=2, steps=5))
    assert not lab.trains(GptSettings(prompt="The"))
    assert "temperature" not in lab.trained(GptSettings(temperature=0.1, layers=2), whole=True)


def test_the_defaults_are_how_the_model_that_comes_with_the_program_has_learned():
    settings = GptSettings()
    assert {name: getattr(settings, name) for name in DEFAULTS} == DEFAULTS
