"""What is saved is described, and belongs to its owner to change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.library import Content, Owner, SongFile, secret
from midime_ui import contents, library, navigation
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

CONTENT = Content(
    model=b"weights",
    base_model="trio_4bar",
    song_names=("*Waltz*.mid",),
    settings={"sliders": 4},
    songs=(SongFile("w", b"MThd"),),
)


def script(owner: Owner | None) -> None:
    """The component alone."""
    from midime_ui.components import saved_list

    saved_list.show(owner)


@pytest.fixture
def owner(fakes: None, monkeypatch: pytest.MonkeyPatch) -> Owner:  # noqa: ARG001 - for what it does
    """Somebody with an empty library."""
    monkeypatch.setattr(navigation, "show_link", lambda _step: None)
    return Owner.by_secret(secret())


def press(page: AppTest, key: str) -> AppTest:
    """Press the button whose key begins so."""
    return next(b for b in page.button if str(b.key).startswith(key)).click().run()


def test_nothing_is_said_to_be_nothing(owner: Owner) -> None:
    """To nobody, and to somebody who has saved nothing."""
    for each in (None, owner):
        assert "Nothing is saved here yet" in words(perform(script, owner=each))


def test_a_card_says_what_it_is(owner: Owner) -> None:
    """Songs, model, date, size, settings and what of the song is stored."""
    saved = library.library().save(owner, CONTENT, name="<b>Mine</b>")
    text = words(perform(script, owner=owner))
    assert r"\<b\>Mine" in text
    assert r"\*Waltz\*.mid" in text
    assert "Trio, 4 bars" in text
    assert f"{saved.created.day} {saved.created:%B %Y} with the song" in text
    assert "sliders 4" in text


def test_rules_are_named_and_can_be_taken_home(owner: Owner) -> None:
    """On the card, and beside a link that opens them as well."""
    shelf = library.library()
    ruled = replace(CONTENT, rules=b"x", settings={"sliders": 4, contents.RULES: "C major"})
    saved = shelf.save(owner, ruled, name="x")
    position = {"point": [0.0], contents.RULES: {"wishes": ["key=C major"], "strength": 1.0}}
    shelf.shares.make(owner, saved.id, with_songs=False, position=position)
    page = perform(script, owner=owner)
    assert "Keeps to: **C major**" in words(page)
    assert "the MidiMe without the song, with rules\\: C major, for anybody" in words(page)
    assert len(page.get("download_button")) == 2
    assert "Settings\\: sliders 4." in words(page)


def test_a_model_that_has_gone_does_not_hide_the_card(owner: Owner) -> None:
    """It can still be deleted and taken home."""
    library.library().save(owner, replace(CONTENT, base_model="gone"), name="x")
    page = perform(script, owner=owner)
    assert "not offered here any more" in words(page)
    page = press(page, "open_")
    assert not page.exception
    assert page.error


def test_links_are_listed_with_their_end_and_can_be_ended(owner: Owner) -> None:
    """One button each."""
    shelf = library.library()
    saved = shelf.save(owner, CONTENT, name="x")
    position = {"point": [1.5, 0.0], "seed": 3, "temperature": None}
    share = shelf.shares.make(owner, saved.id, with_songs=False, position=position)
    page = perform(script, owner=owner)
    assert f"share={share.id}&z0=1.5&z1=0&seed=3&daring=0" in page.code[0].value
    assert f"until {share.expires.day} {share.expires:%B %Y}" in words(page)
    page = press(page, "revoke_")
    assert not page.code
    assert shelf.shares.of(owner, saved.id) == ()


def test_deleting_asks_where_it_cannot_be_missed(owner: Owner) -> None:
    """And then it is gone."""
    library.library().save(owner, CONTENT, name="x")
    page = perform(script, owner=owner)
    assert "deleted at once" in words(page)
    assert "Nothing is saved" in words(press(page, "delete_"))
