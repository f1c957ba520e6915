"""The lab `neuron.gates`: the slide's facts, learning that stops and changes, two layers, flowers."""

from itertools import islice, pairwise

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace

from lessons.neuron.experiments.gates import observe
from lessons.neuron.labs.gates import GatesSettings
from lessons.vocabulary.observation import arrays, numbers

GATES = ("AND", "OR", "NAND")


def seen_as_json(observation) -> dict:
    return msgspec.json.decode(msgspec.json.encode(numbers(observation)))


def weights(observation) -> tuple[float, float, float]:
    return observation.w1, observation.w2, observation.h


def learned(**settings):
    return list(observe(GatesSettings(learn=True, **settings)))


def _after(observation) -> tuple[float, ...]:
    """Weights and threshold that the written rule ends in."""
    return tuple(float(row[-1].text.replace("−", "-")) for row in observation.update.rows)


def test_the_and_of_the_slide_as_json():
    told = seen_as_json(observe(GatesSettings()))

    assert told["rows"] == [
        {"x": [0, 0], "a_minus_h": -1.5, "y": 0},
        {"x": [0, 1], "a_minus_h": -0.5, "y": 0},
        {"x": [1, 0], "a_minus_h": -0.5, "y": 0},
        {"x": [1, 1], "a_minus_h": 0.5, "y": 1},
    ]
    assert (told["correct"], told["total"], told["separable"]) == (4, 4, True)
    assert not {"epochs", "converged", "cycle", "examples"} & told.keys()


def test_the_goal_changes_nothing_but_what_counts_as_right():
    by_goal = {gate: observe(GatesSettings(gate=gate)) for gate in (*GATES, "XOR")}

    assert len({msgspec.json.encode(seen.rows) for seen in by_goal.values()}) == 1
    assert [seen.correct for seen in by_goal.values()] == [4, 2, 0, 1]


def test_exactly_at_the_threshold_the_output_is_0_in_spite_of_binary_fractions():
    row = observe(GatesSettings(w1=0.1, w2=0.2, h=0.3)).rows[3]

    assert (row.a_minus_h, row.y) == (0.0, 0)


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_gates_that_a_line_parts_are_learned(gate, seed):
    *_, last = learned(gate=gate, seed=seed)

    assert (last.converged, last.cycle, last.correct) == (True, None, 4)
    assert last.errors.rows[0][-1].text == "0"
    by_hand = observe(GatesSettings(gate=gate, w1=last.w1, w2=last.w2, h=last.h))
    assert by_hand.rows == last.rows


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_exclusive_or_cycles_and_the_proof_says_why(seed):
    observations = learned(gate="XOR", seed=seed)
    last = observations[-1]

    assert (last.converged, last.separable) == (False, False)
    assert weights(observations[-4 * last.cycle]) == pytest.approx(_after(last))
    assert [row[1].text for row in last.proof.rows] == [
        "(0.5, 0.5) = 0.50 × (0, 1) + 0.50 × (1, 0)",
        "(0.5, 0.5) = 0.50 × (0, 0) + 0.50 × (1, 1)",
    ]
    middles = (last.plane.free[:, :2] + last.plane.free[:, 2:]) / 2
    assert middles == pytest.approx(np.full((2, 2), 0.5))


def test_the_rule_is_written_out_and_the_next_example_meets_what_it_gave():
    observations = learned(seed=3)
    for now, following in pairwise(observations[1:]):
        assert _after(now) == pytest.approx(weights(following), abs=0.005)
    wrong = next(each for each in observations[1:] if each.plane.wrong[each.plane.present])
    error = int(wrong.plane.classes[wrong.plane.present]) - wrong.rows[wrong.plane.present].y
    lines = ["".join(cell.text for cell in row) for row in wrong.update.rows]
    factor = "×(+1)" if error > 0 else "×(−1)"
    assert all(factor in line for line in lines)
    assert lines[0].startswith("w₁←") and "+0.50×" in lines[0]
    assert lines[2].startswith("h←") and "−0.50×" in lines[2]


def test_it_starts_still_with_weights_of_the_seed_and_presents_the_examples_in_order():
    first, *rest = learned()

    assert first.examples == 0 and first.update is None and first.plane.present is None
    assert [each.plane.present for each in rest[:6]] == [0, 1, 2, 3, 0, 1]
    assert [each.examples for each in rest[:3]] == [1, 2, 3]
    assert [each.epochs for each in rest[:5]] == [0, 0, 0, 1, 1]
    assert weights(learned(seed=1)[0]) != weights(first) == weights(learned(gate="XOR")[0])


@pytest.mark.parametrize("gate", ["AND", "XOR", "iris"])
@pytest.mark.parametrize("steps", [1, 4, 7])
def test_a_state_goes_on_exactly_as_it_did(gate, steps):
    settings = GatesSettings(gate=gate, learn=True)
    whole = list(islice(observe(settings), 120))
    state = msgspec.msgpack.decode(msgspec.msgpack.encode(whole[steps - 1].state))
    resumed = list(islice(observe(settings, state), 120 - steps))

    assert len(resumed) == len(whole) - steps
    for one, other in zip(whole[steps:], resumed, strict=True):
        assert one.state == other.state
        expected, found = arrays(one), arrays(other)
        assert expected.keys() == found.keys()
        for key, values in expected.items():
            np.testing.assert_array_equal(found[key], values, err_msg=key)


def test_the_state_at_the_end_has_nothing_to_go_on_to_until_something_changes():
    settings = GatesSettings(learn=True)
    last = learned()[-1]

    assert list(observe(settings, last.state)) == []
    other = list(observe(replace(settings, gate="XOR"), last.state))
    assert weights(other[0]) == weights(last) and other[0].examples == 0
    assert other[-1].converged is False


def test_weights_moved_by_hand_are_gone_on_from():
    settings = GatesSettings(learn=True)
    going = observe(settings)
    *_, before = islice(going, 4)
    edited = going.send(replace(settings, w1=-1.3))

    assert weights(edited) == (-1.3, before.w2, before.h)
    assert edited.plane.present == before.plane.present and edited.examples == before.examples
    following = next(going)
    assert weights(following) == pytest.approx(_after(edited), abs=0.005)
    assert following.examples == edited.examples + 1


def test_a_weight_moved_back_to_what_was_set_at_first_is_moved_too():
    settings = GatesSettings(learn=True)
    going = observe(settings)
    *_, now = islice(going, 4)
    edited = going.send(replace(settings, **now.moved | {"w1": settings.w1}))

    assert weights(edited) == (settings.w1, now.w2, now.h)


def test_an_epoch_in_which_a_weight_was_moved_proves_nothing():
    settings = GatesSettings(gate="OR", learn=True)
    going = observe(settings)
    list(islice(going, 4))
    solved = going.send(replace(settings, w1=0.9, w2=0.9, h=0.5))
    rest = list(going)

    assert (solved.correct, solved.plane.present) == (4, 2)
    assert rest[0].plane.present == 3 and rest[0].converged is None
    assert rest[-1].converged and rest[-1].epochs == 2


def test_what_the_panel_sends_back_of_learned_weights_is_no_edit():
    settings = GatesSettings(learn=True)
    alone, echoed = list(observe(settings)), []
    going = observe(settings)
    now = next(going)
    while now is not None:
        echoed.append(now)
        rounded = {name: round(value, 2) for name, value in now.moved.items()}
        try:
            now = going.send(replace(settings, **rounded))
        except StopIteration:
            now = None

    assert [weights(each) for each in echoed] == [weights(each) for each in alone]


def test_a_new_goal_keeps_the_weights_and_counts_anew():
    settings = GatesSettings(learn=True)
    going = observe(settings)
    *_, before = islice(going, 8)
    changed = going.send(replace(settings, gate="NAND"))

    assert weights(changed) == weights(before)
    assert (changed.examples, changed.epochs) == (0, 0)
    *_, last = going
    assert last.converged and [row.y for row in last.rows] == [1, 1, 1, 0]


def test_a_new_rate_counts_from_the_present_example():
    settings = GatesSettings(learn=True)
    going = observe(settings)
    now = next(each for each in going if each.plane.present is not None and each.plane.wrong[each.plane.present])
    slower = going.send(replace(settings, rate=0.05))

    assert weights(slower) == weights(now) and slower.examples == now.examples
    steps = np.subtract(_after(slower), weights(slower)), np.subtract(_after(now), weights(now))
    assert steps[0] == pytest.approx(steps[1] / 10, abs=0.006)
    assert next(going).h == pytest.approx(_after(slower)[2], abs=0.005)


def test_learned_weights_beyond_a_slider_move_it_to_its_end():
    beyond = [each for each in learned(gate="iris", rate=1.0, seed=2) if abs(each.h) > 3]

    assert beyond
    for each in beyond:
        assert abs(each.moved["h"]) == 3


def test_two_layers_solve_what_one_unit_cannot():
    hidden = GatesSettings(gate="XOR", hidden=True, w2=-1.0, h=0.5)
    seen = observe(hidden)

    assert [row.y for row in seen.rows] == [0, 1, 1, 0]
    assert seen.separable is False and observe(replace(hidden, hidden=False)).correct < 4
    assert [line.name for line in seen.plane.boundaries] == ["1", "2"]
    assert [node.number for node in seen.network.nodes] == ["1", "1", "1", "1", "0"]
    middle, corner = seen.plane.values[20, 20], seen.plane.values[0, -1]
    assert middle > 0 > corner


def test_with_hidden_units_the_rule_teaches_the_output_unit_alone():
    *_, last = learned(gate="XOR", hidden=True)
    *_, same_lines = learned(gate="XOR", hidden=True, h1=1.5)

    assert last.converged and last.correct == 4 and set(last.moved) == {"w1", "w2", "h"}
    assert same_lines.converged is False


def test_two_kinds_of_iris_are_learned_from_real_measurements():
    *_, last = learned(gate="iris")
    told = seen_as_json(last)

    assert (last.converged, last.correct, last.total, last.separable) == (True, 100, 100, True)
    assert told["epochs"] == last.epochs and len(told["rows"]) == 100
    assert last.plane.class_names == ("setosa", "versicolor") and last.proof is None
    for axis, column in ((last.plane.x, 0), (last.plane.y, 1)):
        inside = last.plane.points[:, column]
        assert axis.low < inside.min() and inside.max() < axis.high
    by_hand = observe(GatesSettings(gate="iris"))
    assert by_hand.correct < 100 and by_hand.table.rows[0][-1].text == "✗"


def test_the_map_and_the_line_agree():
    plane = observe(GatesSettings(w1=1.0, w2=0.5, h=0.8)).plane
    line = plane.boundaries[0]
    centres = np.linspace(plane.x.low, plane.x.high, 41)[:-1] + 0.025
    above = line.w1 * centres[None, :] + line.w2 * centres[::-1, None] - line.h

    assert plane.values == pytest.approx(np.tanh(above))
    assert observe(GatesSettings(w1=0, w2=0)).plane.boundaries == ()
