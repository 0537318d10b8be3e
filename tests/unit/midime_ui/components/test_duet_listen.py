"""A duet to be heard, kept and sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_ui import carrying
from tests.support.duets import a_passage, the_general
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_engine.pipelines.translate import Answers
    from midime_ui.carriers import Carrier
    from midime_ui.passages import Passage
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def script(
    passage: Passage,
    carrier: Carrier,
    found: Answers,
    study: Study | None = None,
    personal: Personal | None = None,
) -> None:
    """The component alone."""
    from midime_ui import state
    from midime_ui.components import duet_listen

    if study is not None and personal is not None:
        state.set_sources(study.sources)
        state.set_personal(personal)
    duet_listen.show(passage, carrier, found, 1, 0.9)


def shown(song: Study, **session):
    """The second answer to the first piece of a song."""
    passage, carrier = a_passage(song), the_general()
    found = carrying.answers(passage, carrier, 0.9, 0)
    return perform(script, passage=passage, carrier=carrier, found=found, **session), found


def test_source_answer_and_both_are_compared_with_one_key(study: Study) -> None:
    """Three players of one pair, and the duet as files."""
    page, _ = shown(study)
    assert len(page.get("bidi_component")) == 3
    assert [each.value for each in page.subheader] == ["Both together", "The source", "Answer 2"]
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels == ["MIDI", "WAV", "MP3"]


def test_a_duet_is_kept_with_what_makes_it_again(study: Study) -> None:
    """Seed, strictness, and the vector that was played."""
    page, found = shown(study)
    page.button(key="duet_keep").click().run()
    (duet,) = page.session_state["translated_duets"]
    assert np.array_equal(duet.window, found.tokens[1])
    assert np.array_equal(duet.vector, found.x[1])
    assert (duet.seed, duet.strictness) == (found.seeds[1], 0.9)
    assert page.button(key="duet_keep").disabled


def test_what_the_sliders_cannot_play_is_not_sent_to_them(study: Study, personal: Personal) -> None:
    """The button says why."""
    page, _ = shown(study)
    assert "needs a MidiMe" in page.button(key="duet_send").help
    page, _ = shown(study, study=study, personal=personal)
    assert page.button(key="duet_send").disabled
    assert "plays Melody, 2 bars" in page.button(key="duet_send").help


def test_silence_is_said(study: Study) -> None:
    """And what to do about it."""
    passage, carrier = a_passage(study), the_general()
    found = carrying.answers(passage, carrier, 0.9, 0)
    quiet = type(found)(np.zeros_like(found.tokens), found.z_small, found.x, found.seeds)
    page = perform(script, passage=passage, carrier=carrier, found=quiet)
    assert "This answer is silent" in words(page)
