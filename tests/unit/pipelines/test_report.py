from __future__ import annotations

import json

import pytest

from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.training import TrainingStep
from midime_engine.musicvae.starting import standard_normal
from midime_engine.pipelines.embed import embed
from midime_engine.pipelines.generate import sample
from midime_engine.pipelines.outcome import evaluate
from midime_engine.pipelines.provenance import Provenance
from midime_engine.pipelines.reconstruct import rebuild
from midime_engine.pipelines.report import (
    material_report,
    personalisation_report,
    reconstruction_report,
    run_report,
    sampling_report,
)
from tests.support.fakes import PlaneSpace

RUN = {"model": "perfect", "device": "CPU", "seconds": {"import": 0.12345, "load": 2.0}}


def _plain(report):
    """What another program reads."""
    return json.loads(json.dumps(report, allow_nan=False))


def test_every_report_says_what_computed_it() -> None:
    """Model, device, seconds, and the versions that matter."""
    report = _plain(run_report(**RUN))
    assert report["device"] == "CPU"
    assert report["seconds"] == {"import": 0.123, "load": 2.0}
    assert {"python", "midime_engine", "keras", "numpy", "note-seq"} <= report["versions"].keys()


def test_the_material_is_told_with_digests_and_reasons(material) -> None:
    """Which file, which track and why, at which tempo."""
    report = _plain(material_report(material))
    (song,) = report["songs"]
    assert song["name"] == "scale.mid"
    assert song["sha256"] == material.songs[0].sha256
    assert (song["qpm"], song["time_signature"]) == (pytest.approx(96, abs=0.01), "4/4")
    assert song["tracks"] == {"melody": 0}
    assert song["explanation"]
    assert report["import_report"] == []


def test_a_personalisation_can_be_judged_and_repeated(material, model) -> None:
    """Losses, accuracies, likeness and originality of both models, settings, seed."""
    embedding = embed(material.chunks, model)
    outcome = evaluate(
        embedding,
        PlaneSpace(embedding.latents.mu),
        model,
        parts=("melody",),
        starts=standard_normal(3, 32),
    )
    steps = [TrainingStep(1, 5.0, 4.0, 1.0), TrainingStep(2, 3.0, 2.5, 0.5)]
    report = _plain(
        personalisation_report(
            material,
            steps,
            outcome,
            config=MidiMeConfig(input_size=32, seed=9),
            n_vectors=8,
            temperature=None,
            seed=9,
            **RUN,
        )
    )
    assert report["settings"]["seed"] == 9
    assert report["settings"]["midime"]["latent_size"] == 4
    assert report["training"]["vectors"] == 8
    assert report["training"]["losses"][1] == {
        "epoch": 2,
        "total": 3.0,
        "reconstruction": 2.5,
        "kl": 0.5,
    }
    assert [chunk["first_bar"] for chunk in report["chunks"]] == [1, 3, 5, 7]
    assert report["reconstruction"]["model"] == 1
    for samples in (report["midime_samples"], report["base_samples"]):
        assert {"similarity", "originality"} <= samples.keys()
    assert len(report["midime_samples"]["samples"]["z_small"]) == 3
    assert report["base_samples"]["samples"]["z_small"] is None


def test_a_reconstruction_says_how_much_of_each_chunk_survived(material, model) -> None:
    """One accuracy per chunk and their mean."""
    rebuilt = rebuild(material.chunks, embed(material.chunks, model).latents.mu, model)
    report = _plain(reconstruction_report(material, rebuilt, through_midime=False, **RUN))
    assert report["accuracy"] == 1
    assert [chunk["accuracy"] for chunk in report["chunks"]] == [1, 1, 1, 1]


def test_samples_are_told_with_the_numbers_that_lead_back_to_them(material, model) -> None:
    """Whoever has the report can set the sliders to a sample."""
    space = PlaneSpace(embed(material.chunks, model).latents.mu)
    variations = sample(2, space, model, parts=("melody",), seed=3)
    provenance = Provenance.of(material, model="perfect", parts=("melody",))
    report = _plain(
        sampling_report(variations, provenance=provenance, temperature=0.5, seed=3, **RUN)
    )
    assert report["settings"] == {"samples": 2, "seed": 3, "temperature": 0.5, "nudges": []}
    assert report["samples"]["z_small"] == variations.z_small.tolist()
    assert report["midime"]["songs"] == ["scale.mid"]
