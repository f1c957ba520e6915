"""`image_generation.diffusion`: what is seen follows from the settings, moment by moment."""

import numpy as np
import pytest
from msgspec import structs

from lessons.image_generation.labs.diffusion.settings import LAST, SIDE, DiffusionSettings
from lessons.vocabulary.drawings import encode

LAB = "image_generation.diffusion"


def test_a_step_on_and_back_are_the_moments_of_one_walk(observe):
    settings = DiffusionSettings(frame=0)
    first = observe(LAB, settings)
    assert first.t == first.times[0] == 995 and not first.backward
    second = observe(LAB, structs.replace(settings, **first.onward))
    assert second.t == first.times[1]
    np.testing.assert_array_equal(second.samples, first.samples)
    again = observe(LAB, structs.replace(settings, **second.backward))
    np.testing.assert_array_equal(again.now.values, first.now.values)
    end = observe(LAB, structs.replace(settings, frame=250))
    assert end.t == 0 and not end.onward
    np.testing.assert_allclose(end.now.values, end.samples[0], atol=1e-6)


def test_ddim_is_settled_by_the_seed_and_ddpm_draws_on(observe):
    ddim, ddpm = (observe(LAB, DiffusionSettings(method=method)) for method in ("ddim", "ddpm"))
    np.testing.assert_array_equal(
        observe(LAB, DiffusionSettings(method="ddim", frame=0)).now.values,
        observe(LAB, DiffusionSettings(method="ddpm", frame=0)).now.values,
    )
    assert np.abs(ddim.samples - ddpm.samples).max() > 0.5


@pytest.mark.parametrize("method", ["ddim", "ddpm"])
def test_a_branch_leaves_what_came_before_it(observe, method):
    settings = DiffusionSettings(method=method, frame=4)
    trunk = observe(LAB, settings)
    branch, other = (observe(LAB, structs.replace(settings, branch=6, branch_seed=seed)) for seed in (1, 2))
    np.testing.assert_array_equal(trunk.now.values, branch.now.values)
    assert np.abs(trunk.samples - branch.samples).max() > 0.2
    assert np.abs(branch.samples - other.samples).max() > 0.2


def test_the_first_picture_is_the_same_however_many_are_drawn(observe):
    one, three = (observe(LAB, DiffusionSettings(samples=n)) for n in (1, 3))
    np.testing.assert_allclose(one.samples[0], three.samples[0], atol=1e-4)
    assert three.samples.shape == (3, SIDE, SIDE) and three.samples.min() >= 0 and three.samples.max() <= 1


def test_from_a_digit_little_noise_leads_back_to_it(observe):
    near = observe(LAB, DiffusionSettings(start="digit", depth=100))
    clean = observe(LAB, DiffusionSettings(view="forward", start="digit", depth=100)).clean
    assert near.times[0] == 100
    assert np.sqrt(((near.samples[0] - clean.values) ** 2).mean()) < 0.12


def test_a_drawing_is_where_the_walk_begins_and_an_empty_one_is_said(observe):
    ink = np.zeros((SIDE, SIDE))
    ink[5:23, 13:15] = 1
    drawn = observe(
        LAB, DiffusionSettings(view="forward", start="drawn", drawn=encode(ink.ravel()), depth=5, digit="1")
    )
    np.testing.assert_allclose(drawn.clean.values, ink, atol=1e-6)
    assert drawn.read == 1 and not drawn.empty
    assert observe(LAB, DiffusionSettings(start="drawn")).empty


def test_forward_shares_are_those_of_the_schedule(observe):
    for schedule in ("linear", "cosine"):
        for depth in (1, 500, LAST):
            seen = observe(LAB, DiffusionSettings(view="forward", schedule=schedule, depth=depth))
            assert seen.t == depth and seen.signal**2 + seen.noise_share**2 == pytest.approx(1, abs=1e-5)
            assert seen.film.present is not None and seen.film.captions[seen.film.present] == f"t {depth}"
            assert seen.shares.point == (depth, pytest.approx(seen.signal, abs=1e-5))
            signal, noise = seen.shares.lines
            assert signal.x[0] == 0 == noise.y[0] and signal.y[0] == 1 == noise.y[-1].round(2)


def test_epsilon_and_v_are_two_ways_to_say_the_same(observe):
    v, epsilon = (observe(LAB, DiffusionSettings(prediction=each)) for each in ("v", "epsilon"))
    np.testing.assert_array_equal(v.samples, epsilon.samples)
    expected = v.signal * epsilon.said.values - v.noise_share * (2 * v.answer.values - 1)
    np.testing.assert_allclose(v.said.values, expected, atol=1e-4)


@pytest.mark.parametrize("values", [{"steps": 1}, {"guidance": 0.0}, {"guidance": 8.0}, {"steps": 250, "frame": 100}])
def test_the_ends_of_the_settings_give_pictures(observe, values):
    seen = observe(LAB, DiffusionSettings(**values))
    assert np.isfinite(seen.samples).all() and seen.walk_steps == values.get("steps", 20)


def test_more_guidance_gives_more_agreement_and_less_diversity(observe):
    agreement, diversity = observe(LAB, DiffusionSettings(view="curve")).curve.lines
    assert agreement.y[0] < 0.4 and agreement.y[3] >= 0.9
    assert diversity.y[-1] < diversity.y[1]


def test_a_step_on_is_more_guidance_where_its_effect_is_looked_at(observe):
    seen = observe(LAB, DiffusionSettings(view="curve", guidance=7.8))
    assert seen.onward == {"guidance": 8.0} and seen.backward == {"guidance": 7.3} and seen.anew == {"guidance": 0.0}
    assert not observe(LAB, DiffusionSettings(view="curve", guidance=8)).onward
    assert not observe(LAB, DiffusionSettings(view="curve", guidance=0)).backward


def test_a_run_that_is_gone_is_said(observe):
    seen = observe(LAB, DiffusionSettings(run="diffusion-nothere"))
    assert seen.missing and not seen.own


def test_in_two_dimensions_a_step_on_learns_and_then_walks(observe):
    settings = DiffusionSettings(view="plane", shape="ring")
    first = observe(LAB, settings)
    assert first.onward == {"learned": 1} and first.within_best >= 0.99 and first.plane_loss is None
    second = observe(LAB, structs.replace(settings, **first.onward))
    assert second.backward == {"learned": 0} and second.plane_loss < 1
    assert second.within > first.within
    assert second.plane.arrows.shape == (144, 4) and np.isfinite(second.plane.arrows).all()


def test_own_points_are_what_is_learned_and_none_is_a_point_too(observe):
    values = np.zeros(80)
    values[:4] = 0.5, 0.5, -0.5, 0.25
    own = observe(LAB, DiffusionSettings(view="plane", shape="own", points=encode(values)))
    np.testing.assert_allclose(own.plane.points[:2], [[0.5, 0.5], [-0.5, 0.25]])
    assert own.within_best >= 0.99
    assert observe(LAB, DiffusionSettings(view="plane", shape="own")).within_best >= 0.99
