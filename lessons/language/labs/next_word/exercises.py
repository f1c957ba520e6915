"""The exercises of `language.next_word`."""

from collections.abc import Mapping

from lessons.language.labs.next_word.observation import NextWordObservation
from lessons.language.labs.next_word.settings import LINE, NAME, NextWordSettings
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.numbers import plain
from lessons.vocabulary.settings import Settings

SHARE, MOST_CHANGED = 0.5, 2
"""Probability that the prime minister shall have, and sentences that may be changed for it."""

CHANGED = (
    "だから 日本 の 首都 は 東京 です",
    "今 も 日本 の 首都 は 東京 です",
    "たぶん 日本 の 首都 は 東京 だろう",
    "もちろん 日本 の 首都 は 東京 です",
    "日本 の 首相 が いる の は 東京 です",
    "日本 の 首相 は 国会 で 話す",
    "日本 の 首相 は 選挙 で 決まる",
    "日本 の 首相 の 家 は 東京 だろう",
    "日本 の 観光 の 中心 は 東京 かもしれない",
    "日本 の 首相 は 京都 が 好き です",
    "この 国 の 首都 は 東京 です",
    "今 の 首都 は 東京 です",
    "わたし の 国 の 首都 は 東京 です",
    "昔 の 首都 は 京都 でした",
    "千年 の 首都 は 京都 でした",
    "いつか の 首都 は 大阪 かもしれない",
)
"""The lecture's corpus with two sentences about the prime minister more."""


def _seen(moment: Moment) -> NextWordObservation:
    assert isinstance(moment.observation, NextWordObservation)
    return moment.observation


def _set(moment: Moment) -> NextWordSettings:
    assert isinstance(moment.settings, NextWordSettings)
    return moment.settings


def _first(moment: Moment) -> tuple[str, float]:
    """The word that was likeliest behind the prompt in the lecture's trigrams, and its probability now."""
    following = next(iter(_seen(moment).next.values()), {})
    word = _likeliest(_set(moment))
    return word, following.get(word, 0.0)


def _likeliest(settings: Settings) -> str:
    assert isinstance(settings, NextWordSettings)
    return "首都" if settings.prompt == "" else "東京"


def _change(trail: Trail) -> str:
    assert trail.marked is not None
    before, after = _first(trail.marked)[1], _first(trail.now)[1]
    return "higher" if after > before + 0.005 else "lower" if after < before - 0.005 else "same"


def _shown(moment: Moment) -> str:
    word, share = _first(moment)
    return f"{word} {plain(share, 3)}"


def _minister(moment: Moment) -> float:
    return _seen(moment).next.get("日本の", {}).get("首相", 0.0)


def _elects(trail: Trail) -> tuple[Condition, ...]:
    seen, settings = _seen(trail.now), _set(trail.now)
    share = _minister(trail.now)
    lecture = settings.text == "lecture" and settings.unit == "words"
    trigrams = lecture and settings.order == 3 and settings.smoothing == "none"
    missing = max(SHARE - share, 0.0)
    most = lecture and seen.changed <= MOST_CHANGED
    return (
        Condition(f"@{NAME}.elect.share", not missing, plain(share, 2), plain(missing, 2) if missing else "",
                  min(share / SHARE, 1.0)),
        Condition(f"@{NAME}.elect.few", most, str(seen.changed)),
        Condition(f"@{NAME}.elect.all", lecture and seen.sentences == len(CHANGED), str(seen.sentences)),
        Condition(f"@{NAME}.elect.trigrams", trigrams, str(settings.order)),
    )  # fmt: skip


def _facts(trail: Trail) -> Mapping[str, str]:
    seen, settings = _seen(trail.now), _set(trail.now)
    word, share = _first(trail.now)
    return {
        "word": word,
        "share": plain(share, 3),
        "minister": plain(_minister(trail.now), 2),
        "read": str(settings.order - 1),
        "order": str(settings.order),
        "impossible": str(seen.sentence_impossible),
        "changed": str(seen.changed),
        "seen": str(seen.seen),
    }


def _possible(moment: Moment) -> bool:
    return _seen(moment).sentence_probability > 0


def _sentence_shown(moment: Moment) -> str:
    p = _seen(moment).sentence_probability
    return plain(p, 2)


OSAKA = f"{NAME}?sentence=日本%20の%20首都%20は%20大阪%20です"

EXERCISES: tuple[Exercise, ...] = (
    predict(
        "shorter",
        starts=(NAME, f"{NAME}?prompt=首都%20は"),
        reveals=(f"{NAME}?order=2", f"{NAME}?order=2&prompt=首都%20は"),
        choices=("lower", "same", "higher"),
        answer=_change,
        shown=_shown,
        facts=_facts,
        asked=lambda settings: {"word": _likeliest(settings)},
    ),
    Exercise(
        name="elect",
        kind="reach",
        starts=(NAME,),
        check=_elects,
        facts=_facts,
        solution=(f"{NAME}?corpus={LINE.join(CHANGED).replace(' ', '%20')}",),
    ),
    contrast(
        "unseen",
        start=OSAKA,
        only=("smoothing",),
        outcome=_possible,
        shown=_sentence_shown,
        choices=("longer", "shares", "counted"),
        reason="shares",
        solution=(OSAKA, f"{NAME}?smoothing=kneser_ney&sentence=日本%20の%20首都%20は%20大阪%20です"),
        facts=_facts,
    ),
)
