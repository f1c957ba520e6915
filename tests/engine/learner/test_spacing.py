"""Which questions come next: missed ones, new ones, known ones; lots that depend on nothing but seed and name."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from engine.learner.spacing import Last, dealt, drawn, shuffled

GROUPS = {f"{group}{number}": group for group in "abc" for number in range(4)}

names = st.sampled_from(sorted(GROUPS))
records = st.dictionaries(names, st.builds(Last, time=st.integers(1, 99).map(float), right=st.booleans()))
seeds = st.integers(0, 99)


@given(record=records, seed=seeds, count=st.integers(0, 20))
def test_missed_come_first_then_new_then_known_each_the_longest_ago_first(record, seed, count):
    found = drawn(GROUPS, count, seed, record)

    def rank(name):
        return (1, 0.0) if name not in record else (2 if record[name].right else 0, record[name].time)

    assert len(found) == len(set(found)) == min(count, len(GROUPS))
    assert [rank(name) for name in found] == sorted(rank(name) for name in GROUPS)[: len(found)]


@given(seed=seeds)
def test_each_round_takes_one_of_every_group(seed):
    order = dealt(GROUPS, seed)

    assert sorted(order) == sorted(GROUPS)
    for start in range(0, len(order), 3):
        assert {GROUPS[name] for name in order[start : start + 3]} == set("abc")


def test_a_group_that_is_used_up_leaves_its_turn_to_the_others():
    assert [GROUPS_OF_TWO[name] for name in dealt(GROUPS_OF_TWO, 1)][-2:] == ["many", "many"]


GROUPS_OF_TWO = {"one": "few", "x": "many", "y": "many", "z": "many"}


@given(seed=seeds, more=st.text("xyz", min_size=4, max_size=6))
def test_another_question_moves_none_of_the_others(seed, more):
    before = shuffled(GROUPS, seed)

    assert [name for name in shuffled([*GROUPS, more], seed) if name != more] == list(before)


def test_the_first_of_four_is_each_as_often_as_chance_has_it():
    first = Counter(shuffled("abcd", seed, "a question")[0] for seed in range(2000))

    assert set(first) == set("abcd")
    assert all(400 < count < 600 for count in first.values())


def test_lots_are_the_same_on_every_machine():
    assert shuffled("abcd", 0, "and_one_input") == shuffled("dcba", 0, "and_one_input")
    assert "".join(shuffled("abcdefgh", 7)) == "dbgehfca"
