"""`language.next_word`: the lecture's tree, what is read of a prompt, ways through it, texts of the learner's own."""

import json
from pathlib import Path

import pytest

from engine.data.own_text import TextError
from lessons.address import encode
from lessons.language.labs.next_word import NAME

LECTURE = {
    "日本の": {"首都": 0.4, "首相": 0.3, "観光": 0.3},
    "首都は": {"東京": 0.7, "京都": 0.2, "大阪": 0.1},
    "東京": {"です": 0.7, "だろう": 0.2, "かもしれない": 0.1},
}


def test_the_lectures_example_exactly(moment):
    seen = moment(NAME).observation

    assert seen.next == LECTURE
    assert json.dumps(seen.next) == json.dumps(LECTURE), "the likeliest first, in the lecture's order"
    assert seen.__struct_fields__[-1] == "next"
    assert seen.probability == pytest.approx(0.4 * 0.7 * 0.7) and seen.likeliest


def test_one_word_less_of_context_mixes_other_sentences_in(moment):
    assert moment(f"{NAME}?order=2").observation.next["日本の"]["首都"] == pytest.approx(0.5)
    assert moment(f"{NAME}?order=2&prompt=首都%20は").observation.next["首都は"]["東京"] < 0.7


@pytest.mark.parametrize(
    "path", ["首都 は 東京 です", "首都 は 東京 です ⏎", "観光 の 中心", "首都 は 福岡", "首都 は 東京 です 首都"]
)
def test_a_way_is_followed_as_far_as_it_goes(moment, path):
    seen = moment(f"{NAME}?path={encode(path)}").observation
    followed = seen.path.split()

    both = list(zip(path.split(), followed, strict=False))
    assert len(both) >= 2 and all(one == other for one, other in both)
    shares = [fan.branches[fan.followed].share for fan in seen.tree.fans if fan.picked]
    product = 1.0
    for share in shares:
        product *= share
    assert seen.probability == pytest.approx(product) and not seen.likeliest
    assert seen.tree.at == len(shares) - 1
    assert ("⏎" in seen.path) == (seen.sampled == ())


def test_sampling_on_from_a_drawn_word_leads_to_the_same_text(moment):
    start = f"{NAME}?text=japanese&smoothing=kneser_ney&seed=7"
    whole = moment(start).observation.sampled
    rest = moment(f"{start}&path={encode(' '.join(whole[:2]))}").observation

    assert (*rest.path.split(), *rest.sampled) == whole


@pytest.mark.parametrize("query", ["text=japanese", "text=english", "text=english&unit=characters", "unit=characters"])
@pytest.mark.parametrize("smoothing", ["none", "add_k", "kneser_ney"])
def test_every_text_and_unit_is_counted(moment, query, smoothing):
    seen = moment(f"{NAME}?{query}&smoothing={smoothing}").observation

    assert seen.tree.fans[0].branches and seen.sampled and seen.lines
    for fan in seen.tree.fans:
        total = sum(branch.share for branch in fan.branches) + fan.rest_share
        assert total == pytest.approx(1, abs=1e-6)
    if smoothing != "none":
        assert seen.perplexity is not None and seen.perplexity > seen.counted_perplexity * 0.9


def test_only_the_last_words_of_a_prompt_are_read(moment):
    seen = moment(f"{NAME}?prompt={encode('今 も 日本 の')}").observation

    assert (seen.tree.before, seen.tree.root) == ("今も", "日本の")
    assert seen.next["今も日本の"] == LECTURE["日本の"]


def test_what_was_never_seen_has_nothing_behind_it_until_it_is_smoothed(moment):
    prompt = encode("大阪 東京")
    plain, smoothed = (moment(f"{NAME}?{more}prompt={prompt}").observation for more in ("", "smoothing=kneser_ney&"))

    assert plain.tree.fans[0].branches == () and plain.seen == 0 and plain.sampled == ()
    assert smoothed.tree.fans[0].branches


def test_unknown_words_are_named(moment):
    assert moment(f"{NAME}?prompt={encode('猫 の')}").observation.unknown == ("猫",)
    assert moment(NAME).observation.unknown == ()


def own(observe, path: Path, **more):
    from lessons.language.labs.next_word import NextWordSettings

    return observe(NAME, NextWordSettings(text="file", file=str(path), **more))


def test_an_own_file_of_one_line_is_cut_into_sentences(observe, tmp_path):
    path = tmp_path / "own.txt"
    path.write_text("The cat sat. The dog sat. The cat ran. " * 30, encoding="utf-8")
    seen = own(observe, path)

    assert seen.sentences == 81 and seen.next["^"] == {"The": 1.0}
    assert not seen.more


def test_an_own_file_is_read_in_the_encoding_that_is_set(observe, tmp_path):
    path = tmp_path / "own.txt"
    path.write_text("日本の首都は東京です。京都は古い町です。\n" * 20, encoding="euc_jp")

    with pytest.raises(TextError) as caught:
        own(observe, path)
    assert caught.value.values["setting"] == "euc_jp"
    assert "日" in "".join(own(observe, path, encoding="euc_jp").lines)


def test_without_a_file_the_lectures_text_stands_in(observe):
    from lessons.language.labs.next_word import NextWordSettings

    assert observe(NAME, NextWordSettings(text="file")).source == "lecture"
