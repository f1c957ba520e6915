"""`language.gpt` as a learner uses it: writes, takes back, picks another token, moves the rules, trains."""

import pytest
from learner import app_of, click, lab, press, section, settle, shown, text_of

from engine.training.folder import listed
from tui.labs.language.gpt.passage import CandidatesView, PassageView
from tui.screens.ask_text import AskText

SHORT = "language.gpt?tokens=6"


def ids(pilot):
    return lab(pilot).observation.token_ids


async def test_a_token_is_written_and_taken_back(opened) -> None:
    async with opened(address=SHORT) as pilot:
        before = ids(pilot)
        assert "next token" in text_of(pilot, "#next")
        coming = lab(pilot).observation.next_token
        await press(pilot, "full_stop")
        assert len(ids(pilot)) == 7 and lab(pilot).observation.text.pieces[-1] == coming
        await press(pilot, "comma", "comma")
        assert ids(pilot) == before[:5]
        for _ in range(8):
            await press(pilot, "comma")
        assert ids(pilot) == () and "Nothing is written yet" in text_of(pilot, "#stats")


async def test_ten_tokens_at_once(opened) -> None:
    async with opened(address=SHORT) as pilot:
        await press(pilot, "greater_than_sign")
        assert len(ids(pilot)) == 16
        await press(pilot, "less_than_sign")
        assert len(ids(pilot)) == 6


async def test_space_writes_until_it_is_pressed_again(opened) -> None:
    async with opened(address=SHORT) as pilot:
        await pilot.press("space")
        assert lab(pilot).playing
        for _ in range(200):
            if len(ids(pilot)) > 8:
                break
            await pilot.pause(0.05)
        await press(pilot, "space")
        count = len(ids(pilot))
        assert count > 8 and not lab(pilot).playing
        await pilot.pause(0.5)
        assert len(ids(pilot)) == count


async def test_a_rule_changes_the_draw_and_leaves_the_text(opened) -> None:
    async with opened(address=SHORT) as pilot:
        before = ids(pilot), lab(pilot).observation.possible
        section(pilot).query_one("#setting-temperature").focus()
        await press(pilot, "home")
        assert lab(pilot).settings.temperature == 0 and lab(pilot).observation.possible == 1
        assert ids(pilot) == before[0]
        assert "cut by temperature 0" in text_of(pilot, "#next")
        assert "anew by these rules" in text_of(pilot, "#bits")
        await press(pilot, "r")
        assert "anew by these rules" not in text_of(pilot, "#bits")
        assert len(ids(pilot)) == 6 and lab(pilot).settings.written == ""
        await press(pilot, "u", "u")
        assert lab(pilot).settings.temperature == 0.8


async def test_an_open_exercise_leaves_the_key_to_the_lab_and_has_one_of_its_own(opened) -> None:
    async with opened(address=SHORT) as pilot:
        await press(pilot, "e")
        assert "R start again" in text_of(pilot, "#exercise")
        lab(pilot).set("temperature", 0.4)
        await press(pilot, "full_stop", "r")
        assert lab(pilot).settings.temperature == 0.4 and lab(pilot).settings.written == ""
        await press(pilot, "R")
        assert lab(pilot).settings.temperature in (0, 0.8)  # the starts of its prediction


async def test_another_token_is_picked_and_the_text_branches(opened) -> None:
    async with opened(address=SHORT) as pilot:
        before = ids(pilot)
        assert isinstance(section(pilot).focused, PassageView)
        await press(pilot, "left", "left")
        assert lab(pilot).observation.looked_at == 4 and "token at this place" in text_of(pilot, "#next")
        section(pilot).query_one(CandidatesView).focus()
        chosen = lab(pilot).observation.next.chosen
        await press(pilot, "down", "enter")
        assert ids(pilot)[:4] == before[:4] and len(ids(pilot)) == 5
        assert ids(pilot)[4] != before[4] and chosen is not None
        await press(pilot, "u")
        assert ids(pilot) == before


async def test_a_click_looks_at_a_token_and_a_click_picks_a_candidate(opened) -> None:
    async with opened(address=SHORT) as pilot:
        given = lab(pilot).observation.text.given
        await click(pilot, "#text", f"token:{given + 2}")
        assert lab(pilot).observation.looked_at == 2
        wanted = lab(pilot).observation.candidates[1]
        await click(pilot, "#next", "bar:1")
        assert ids(pilot)[2] == wanted and len(ids(pilot)) == 3


async def test_a_prompt_is_typed(opened) -> None:
    async with opened(address=SHORT) as pilot:
        await press(pilot, "i")
        assert isinstance(pilot.app.screen, AskText)
        await press(pilot, *"The", "enter")
        assert lab(pilot).settings.prompt == "The" and ids(pilot) == ()
        assert text_of(pilot, "#text").removeprefix("▐ ").startswith("The")


async def test_characters_that_the_model_never_saw_are_named_and_nothing_is_lost(opened) -> None:
    async with opened(address=SHORT) as pilot:
        before = text_of(pilot, "#text")
        lab(pilot).set("prompt", "日本")
        await settle(pilot)
        assert "日" in text_of(pilot, "#news") and text_of(pilot, "#text") == before


async def test_two_temperatures_stand_side_by_side(opened) -> None:
    async with opened(address="language.gpt?tokens=6&two=true") as pilot:
        assert "T = 0.80" in text_of(pilot, "#text") and "T = 1.50" in text_of(pilot, "#text2")
        await press(pilot, "full_stop")
        figure = lab(pilot).observation.text2
        assert len(figure.pieces) - figure.given == 7


async def test_v_goes_through_the_views(opened) -> None:
    async with opened(address=SHORT) as pilot:
        for word in ("loss", "in its tokens", "time of a token", "next token"):
            await press(pilot, "v")
            assert word in shown(pilot), word


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (100, 30)])
async def test_what_matters_is_seen_at_every_size(opened, size) -> None:
    async with opened(address=SHORT, size=size) as pilot:
        text = shown(pilot)
        for word in ("next token", "temperature", "top-p", "perplexity"):
            assert word in text, word


async def test_the_time_slider_shows_what_was_written_then(opened) -> None:
    async with opened(address="language.gpt?view=train&tokens=6") as pilot:
        last = text_of(pilot, "#sample")
        section(pilot).query_one("#setting-checkpoint").focus()
        await press(pilot, "home")
        assert lab(pilot).observation.looked_step == 0 and text_of(pilot, "#sample") != last
        assert text_of(pilot, "#setting-checkpoint").rstrip().endswith("0")
        await press(pilot, "end")
        assert text_of(pilot, "#sample") == last


async def test_the_line_to_beat_says_which_is_ahead(opened) -> None:
    async with opened(address="language.gpt?view=train&tokens=6") as pilot:
        seen = lab(pilot).observation
        assert seen.test_loss < seen.ngram_loss
        assert "below" in text_of(pilot, "#beat")
        lab(pilot).look(checkpoint=0)
        await settle(pilot)
        assert "above" in text_of(pilot, "#beat")


@pytest.mark.parametrize(("encoding", "named"), [("euc_jp", "EUC-JP"), ("shift_jis", "Shift_JIS")])
async def test_the_likely_encoding_is_named_where_tokens_are_looked_at(opened, tmp_path, encoding, named) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(("吾輩は猫である。名前はまだ無い。\n" * 30).encode(encoding))
    async with opened(address="language.gpt?view=tokens", size=(80, 24)) as pilot:
        before = text_of(pilot, "#split")
        lab(pilot).set_all(text="own", file=str(path))
        await settle(pilot)
        told = "".join(text_of(pilot, "#news").split())  # its lines may end anywhere
        assert named in told and f"encoding={encoding}" in told
        assert text_of(pilot, "#split").split()[:3] == before.split()[:3]


async def test_a_training_is_started_followed_and_written_with(opened) -> None:
    address = "language.gpt?layers=1&heads=2&width=16&context=16&batch=4&steps=12&threads=1&tokens=4&view=train"
    async with opened(address=address) as pilot:
        await press(pilot, "space")
        for _ in range(1200):
            training = lab(pilot).training
            if (
                training.status is not None
                and training.status.state == "finished"
                and lab(pilot).observation.at_step == 12
            ):
                break
            await pilot.pause(0.05)
        seen = lab(pilot).observation
        assert seen.own and seen.at_step == 12 and seen.loss is not None
        assert len(listed(app_of(pilot).places.runs)) == 1
        lab(pilot).look(view="write")
        await settle(pilot)
        await press(pilot, "full_stop")
        assert len(ids(pilot)) == 5 and "own GPT" in text_of(pilot, "#model")


async def test_the_text_is_zoomed_and_goes_on_there(opened) -> None:
    async with opened(address=SHORT) as pilot:
        session = lab(pilot)
        await press(pilot, "z")
        assert "The value" in shown(pilot)
        await press(pilot, "full_stop")
        assert len(session.observation.token_ids) == 7
        await press(pilot, "v")
        assert "next token" in shown(pilot)


async def test_a_prediction_names_the_start_that_it_asks_about(opened) -> None:
    async with opened(address="language.gpt") as pilot:
        assert "Temperature 0.8" in text_of(pilot, "#exercise")
        await press(pilot, "e")
        assert lab(pilot).settings.temperature == 0.8  # it is asked where the lab is
        await press(pilot, "enter")
        assert "predict again" in text_of(pilot, "#footer") and "✗" in text_of(pilot, "#exercise")
        await press(pilot, "r")
        assert lab(pilot).settings.temperature == 0 and "Temperature 0.0" in text_of(pilot, "#exercise")
        await press(pilot, "down")
        assert lab(pilot).settings.temperature == 1.5  # the next exercise has its own start
