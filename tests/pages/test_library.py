"""Saving, sharing, opening, ending: as two visitors do it."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from midime_engine import examples
from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from tests.pages.steps import train, upload, words


def visitor(app: AppTest) -> AppTest:
    """Somebody else, at the same server."""
    return AppTest.from_file(str(app._script_path), default_timeout=60)


def at_explore(app: AppTest, tune: bytes) -> AppTest:
    """After a training, with the sliders somewhere."""
    upload(app, ("tune.mid", tune))
    train(app)
    app.switch_page("pages/explore.py").run()
    app.slider(key="z1").set_value(1.25)
    app.number_input(key="seed").set_value(7)
    app.slider(key="daring").set_value(0.5).run()
    app.slider(key="z1").set_value(1.25).run()
    unfold(app)
    assert not app.exception
    return app


def unfold(app: AppTest) -> None:
    """Open the part of the page with which one saves."""
    app.session_state["keep"] = True
    app.run()


def press(app: AppTest, key: str) -> None:
    """Press the button whose key begins so."""
    next(button for button in app.button if str(button.key).startswith(key)).click().run()
    assert not app.exception


def position(app: AppTest) -> tuple[list[float], int, float]:
    """Where the sliders, the seed and the temperature stand."""
    point = [slider.value for slider in app.slider if slider.label.startswith("Slider")]
    return point, app.number_input(key="seed").value, app.slider(key="daring").value


def link(app: AppTest, mark: str) -> dict[str, str]:
    """The parameters of the link on the page that has ``mark``."""
    address = next(code.value for code in app.code if mark in code.value)
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def notes(app: AppTest) -> list[tuple[str, list, list, list]]:
    """The variation as it is drawn: part, where notes begin, how long they are, how high.

    In whatever shade: what of it stands in the song is seen only by who has the song.
    """
    roll = json.loads(app.get("plotly_chart")[0].proto.spec)
    return [
        (trace["name"], trace["base"], trace["x"], trace["y"])
        for trace in roll["data"]
        if "base" in trace
    ]


def test_a_new_visitor_has_no_library(app: AppTest) -> None:
    """And reads how to get one."""
    app.run()
    app.switch_page("pages/library.py").run()
    assert not app.exception
    assert "Nothing is saved here yet" in words(app)


def test_what_is_saved_stands_in_the_library_and_opens_again(app: AppTest, tune: bytes) -> None:
    """For a later visit by the owner's link, with the sliders as they were."""
    at_explore(app, tune)
    before = position(app)
    press(app, "keep_save")
    assert "Saved in your library" in "".join(box.value for box in app.success)
    secret = link(app, "owner=")["owner"]

    later = visitor(app)
    later.query_params["owner"] = secret
    later.run()
    later.switch_page("pages/library.py")
    later.query_params["owner"] = secret
    later.run()
    assert not later.exception
    assert "owner" not in later.query_params
    assert "Learnt from tune" in words(later)
    assert "without the song" in words(later)
    press(later, "open_")
    assert later.title[0].value.startswith("Explore")
    assert position(later) == before
    assert "Nearest piece" not in words(later)


@pytest.mark.parametrize("with_song", [False, True])
@pytest.mark.parametrize("page", ["streamlit_app.py", "pages/explore.py"])
def test_a_link_opens_the_same_music_for_somebody_else(
    app: AppTest, tune: bytes, *, with_song: bool, page: str
) -> None:
    """Same sliders, same notes; with the song only if that was shared; nothing to change."""
    at_explore(app, tune)
    if with_song:
        app.radio(key="share_what").set_value("The MidiMe and the song").run()
    press(app, "share_make")
    query = link(app, "share=")
    assert len(query["share"]) == 22
    assert (query["z1"], query["seed"], query["daring"]) == ("1.25", "7", "0.5")

    friend = visitor(app)
    if page != "streamlit_app.py":
        friend.run()
        friend.switch_page(page)
    for name, value in query.items():
        friend.query_params[name] = value
    friend.run()
    assert not friend.exception
    assert "Somebody shares" in words(friend)
    assert re.search(r"The link works until \d+ \w+ 20\d\d", words(friend))
    assert position(friend) == position(app)
    assert notes(friend) == notes(app)
    assert ("start_from" in {box.key for box in friend.selectbox}) == with_song
    assert not [button for button in friend.button if str(button.key).startswith("keep")]
    friend.slider(key="z0").set_value(2.0).run()
    assert not friend.exception


@pytest.mark.parametrize("song", ["korobeiniki", "corner_shop_groove"])
def test_a_trio_and_drums_are_shared_like_a_melody(app: AppTest, song: str) -> None:
    """With the instruments of the song, though the song is not there."""
    at_explore(app, examples.read(song))
    press(app, "share_make")
    friend = visitor(app)
    for name, value in link(app, "share=").items():
        friend.query_params[name] = value
    friend.run()
    assert not friend.exception
    assert position(friend) == position(app)
    assert notes(friend) == notes(app)
    assert any("without its song" in text.value for text in friend.sidebar.markdown)


def test_a_link_without_positions_opens_where_it_was_made(app: AppTest, tune: bytes) -> None:
    """The shortest form of it."""
    at_explore(app, tune)
    press(app, "share_make")
    friend = visitor(app)
    friend.query_params["share"] = link(app, "share=")["share"]
    friend.run()
    assert not friend.exception
    assert position(friend) == position(app)


def test_an_ended_link_is_dead_for_everybody(app: AppTest, tune: bytes) -> None:
    """Also for somebody who is listening; and they read why."""
    at_explore(app, tune)
    press(app, "share_make")
    share = link(app, "share=")["share"]
    friend = visitor(app)
    friend.query_params["share"] = share
    friend.run()
    app.switch_page("pages/library.py").run()
    press(app, "revoke_")
    friend.slider(key="z0").set_value(2.0).run()
    assert "ended by whoever made it" in words(friend)
    other = visitor(app)
    other.query_params["share"] = share
    other.run()
    assert not other.exception
    assert "ended by whoever made it" in words(other)
    assert not other.slider
    app.switch_page("pages/explore.py").run()
    assert not [code for code in app.code if "share=" in code.value]


@pytest.mark.parametrize("share", ["x", "../../etc/passwd", "A" * 22, "*bold* $x$ <script>"])
def test_an_unknown_link_is_a_sentence_and_the_way_on_is_open(app: AppTest, share: str) -> None:
    """Whatever stands in the address, and nothing of it is repeated."""
    app.query_params["share"] = share
    app.run()
    assert not app.exception
    assert len(app.error) == 1
    assert "What to do" in app.error[0].value
    assert len(share) < 3 or share not in app.error[0].value
    app.run()
    assert not app.error


@pytest.mark.parametrize("owner", ["x", "A" * 43])
def test_an_unknown_owner_is_a_sentence(app: AppTest, owner: str) -> None:
    """And the secret does not stay in the address."""
    app.run()
    app.switch_page("pages/library.py")
    app.query_params["owner"] = owner
    app.run()
    assert not app.exception
    assert "owner's link" in app.error[0].value
    assert "owner" not in app.query_params


def test_a_friend_who_brings_a_song_works_on_that(app: AppTest, tune: bytes) -> None:
    """The link in the address does not bring the other one back."""
    at_explore(app, tune)
    press(app, "share_make")
    friend = visitor(app)
    friend.query_params["share"] = link(app, "share=")["share"]
    friend.run()
    upload(friend, ("own.mid", tune))
    friend.switch_page("pages/explore.py").run()
    assert "none has been trained" in words(friend)
    train(friend)
    friend.switch_page("pages/explore.py").run()
    assert "Somebody shares" not in words(friend)
    assert friend.expander


def test_renaming_and_deleting(app: AppTest, tune: bytes) -> None:
    """Both at once visible."""
    at_explore(app, tune)
    press(app, "keep_save")
    app.switch_page("pages/library.py").run()
    next(box for box in app.text_input if str(box.key).startswith("name_")).set_value("*Mine*")
    press(app, "rename_")
    assert r"\*Mine\*" in words(app)
    press(app, "delete_")
    assert "Nothing is saved here yet" in words(app)
    app.switch_page("pages/explore.py").run()
    unfold(app)
    assert any(button.key == "keep_save" for button in app.button)


def test_a_downloaded_midime_can_be_imported(app: AppTest, tune: bytes) -> None:
    """The same file, the same music."""
    at_explore(app, tune)
    data = app.session_state["personal"].data
    friend = visitor(app)
    friend.run()
    friend.switch_page("pages/library.py").run()
    friend.file_uploader(key="midime_file").set_value([("mine.safetensors", data, "")]).run()
    press(friend, "import")
    assert "mine" in words(friend)
    press(friend, "open_")
    friend.switch_page("pages/explore.py").run()  # AppTest stays where it was.
    friend.slider(key="z1").set_value(1.25).run()
    friend.number_input(key="seed").set_value(7).run()
    friend.slider(key="daring").set_value(0.5).run()
    friend.slider(key="z1").set_value(1.25).run()
    assert notes(friend) == notes(app)


PLAYBACK = {"qpm": 90.0, "numerator": 4, "denominator": 4, "n_steps": None}


@pytest.mark.parametrize(
    ("config", "metadata"),
    [
        ({}, {}),
        ({}, {"model": "/etc/passwd", "parts": ["melody"], "playback": PLAYBACK}),
        ({}, {"model": "trio_4bar", "parts": ["melody"], "playback": PLAYBACK}),
        ({"input_size": 8}, {"model": "mel_2bar", "parts": ["melody"], "playback": PLAYBACK}),
        ({"latent_size": 500}, {"model": "mel_2bar", "parts": ["melody"], "playback": PLAYBACK}),
        (
            {},
            {"model": "mel_2bar", "parts": ["melody"], "playback": {**PLAYBACK, "qpm": 1e-9}},
        ),
        ({}, {"model": "magenta/trio_4bar", "parts": ["melody"], "playback": PLAYBACK}),
    ],
)
def test_a_file_that_does_not_fit_is_refused(app: AppTest, config, metadata) -> None:
    """In a sentence; the library stays empty."""
    data = persistence.to_bytes(MidiMe(MidiMeConfig(**config)), metadata)
    app.run()
    app.switch_page("pages/library.py").run()
    for each in (data, data[:1000], b"\x00" * 100):
        app.file_uploader(key="midime_file").set_value([("x.safetensors", each, "")]).run()
        press(app, "import")
        assert len(app.error) == 1
        assert "Nothing is saved here yet" in words(app)
