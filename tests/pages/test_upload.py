"""Choosing a song: what is taken from it, and what is said when that is impossible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine import examples
from tests.pages.steps import train, upload, words
from tests.support.studio import a_tune

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def test_a_first_visitor_is_told_what_happens(app: AppTest) -> None:
    """A sentence, a finished example beside its song, three steps; nothing that needs a song."""
    app.run()
    assert not app.exception
    assert "MidiMe learns your song" in app.title[0].value
    assert "Give it a song" in words(app)
    assert app.button(key="hear_example").proto.type == "primary"
    assert len(app.get("plotly_chart")) == 2
    assert not app.metric


def test_a_file_is_shown_heard_and_counted(app: AppTest, tune: bytes) -> None:
    """Metre, tempo, track with its reason, roll, player, number of pieces."""
    upload(app, ("tune.mid", tune))
    assert "4/4 · 90 beats per minute · 32 bars" in words(app)
    assert "heard in 16 of 16 pieces" in words(app)
    assert app.metric[0].value == "16 pieces of 2 bars"
    assert app.get("plotly_chart")
    assert app.get("bidi_component")
    assert not app.warning


def test_a_short_song_is_welcome_with_a_warning(app: AppTest) -> None:
    """Four pieces are little, and the visitor hears what follows from that."""
    upload(app, ("short.mid", a_tune(n_bars=8, qpm=120)))
    assert app.metric[0].value == "4 pieces of 2 bars"
    assert "by heart" in app.warning[0].value


def test_several_files_become_one_song_book(app: AppTest) -> None:
    """Their pieces are counted together."""
    upload(app, ("a.mid", a_tune(n_bars=8, qpm=100)), ("b.mid", a_tune(n_bars=16, qpm=100)))
    assert {"a.mid", "b.mid"} <= {expander.label for expander in app.expander}
    assert app.metric[0].value == "12 pieces of 2 bars"


def test_a_file_that_is_no_midi_is_refused_by_name_with_a_remedy(app: AppTest, tune: bytes) -> None:
    """The good one beside it is taken all the same."""
    upload(app, ("cat.mid", b"meow"), ("tune.mid", tune))
    assert "cat.mid" in app.error[0].value
    assert "What to do" in app.error[0].value
    assert app.metric[0].value == "16 pieces of 2 bars"


def test_the_name_of_a_file_is_not_read_as_markdown(app: AppTest, tune: bytes) -> None:
    """Names come from strangers."""
    upload(app, ("[x](http://evil) **b**.mid", tune))
    assert r"\[x\]" in app.subheader[0].value


def test_an_example_can_be_taken(app: AppTest) -> None:
    """With its composer named; all are offered, since the model follows the song."""
    app.run()
    pills = app.button_group(key="example")
    assert len(pills.options) == len(examples.EXAMPLES)
    pills.set_value("ode_to_joy").run()
    assert not app.exception
    assert "Beethoven" in words(app)
    assert app.metric[0].value == "12 pieces of 2 bars"


def test_the_song_is_kept_when_the_visitor_comes_back(app: AppTest, tune: bytes) -> None:
    """Looking at another page costs nothing."""
    upload(app, ("tune.mid", tune))
    app.switch_page("pages/embedding.py").run()
    app.switch_page("pages/upload.py").run()
    assert app.metric[0].value == "16 pieces of 2 bars"


@pytest.mark.parametrize(
    ("slug", "model", "pieces"),
    [
        ("irish_washerwoman", "mel_2bar", "17 pieces of 2 bars"),
        ("korobeiniki", "trio_4bar", "6 pieces of 4 bars"),
        ("corner_shop_groove", "drums_2bar", "8 pieces of 2 bars"),
    ],
)
def test_the_song_decides_on_the_model(app: AppTest, slug: str, model: str, pieces: str) -> None:
    """A line, a band, a groove: nobody has to choose."""
    app.run()
    app.button_group(key="example").set_value(slug).run()
    assert not app.exception
    assert app.radio(key="base_model").value == model
    assert app.metric[0].value == pieces


def test_the_choice_of_the_visitor_survives_pages_and_songs(app: AppTest, tune: bytes) -> None:
    """Until it is changed again."""
    upload(app, ("tune.mid", tune))
    app.radio(key="base_model").set_value("mel_16bar").run()
    assert app.metric[0].value == "2 pieces of 16 bars"
    app.switch_page("pages/train.py").run()
    app.switch_page("pages/upload.py").run()
    assert app.radio(key="base_model").value == "mel_16bar"
    upload(app, ("band.mid", examples.read("korobeiniki")))
    assert app.radio(key="base_model").value == "mel_16bar"
    assert app.metric[0].value == "2 pieces of 16 bars"


def test_another_model_and_back_loses_nothing(app: AppTest, tune: bytes) -> None:
    """The MidiMe of the old one waits with its sliders, and every page knows it."""
    upload(app, ("tune.mid", tune))
    train(app)
    app.switch_page("pages/upload.py").run()
    app.switch_page("pages/explore.py").run()
    app.slider(key="z1").set_value(1.5).run()
    app.switch_page("pages/upload.py").run()
    app.radio(key="base_model").set_value("mel_16bar").run()
    assert not app.exception
    assert "Trained already on **Melody, 2 bars**" in words(app)
    assert "tune.mid" in words(app)
    app.switch_page("pages/explore.py").run()
    assert "none has been trained" in words(app)
    train(app)
    app.switch_page("pages/explore.py").run()
    app.slider(key="z1").set_value(-2.0).run()
    app.switch_page("pages/upload.py").run()
    app.radio(key="base_model").set_value("mel_2bar").run()
    assert "is back" in app.toast[0].value
    assert any(button.key == "go_Explore" for button in app.button)
    app.switch_page("pages/explore.py").run()
    assert not app.exception
    assert app.slider(key="z1").value == 1.5


def test_a_song_that_the_model_cannot_hear_has_a_way_out(app: AppTest) -> None:
    """The reason once, no way on that leads nowhere, and the right model one click away."""
    app.run()
    app.query_params["model"] = "mel_2bar"
    upload(app, ("drums.mid", examples.read("corner_shop_groove")))
    assert len(app.error) == 1
    assert "No track can be read as a melody" in app.error[0].value
    assert not app.metric
    assert not any(button.key == "go_Train" for button in app.button)

    app.button(key="take_drums_2bar").click().run()
    assert app.metric[0].value == "8 pieces of 2 bars"
    assert not app.error


def test_of_several_songs_those_that_fit_are_used(app: AppTest, tune: bytes) -> None:
    """The model that most can feed is chosen; the others are named."""
    groove = examples.read("corner_shop_groove")
    upload(app, ("tune.mid", tune), ("groove.mid", groove), ("other.mid", a_tune(n_bars=8, qpm=90)))
    assert app.radio(key="base_model").value == "mel_2bar"
    assert app.metric[0].value == "20 pieces of 2 bars"
    assert "groove.mid was left out" in words(app)


def test_the_address_may_name_a_model(app: AppTest, tune: bytes) -> None:
    """Before there is a song; what is not on offer is said and not taken."""
    app.query_params["model"] = "mel_16bar"
    app.run()
    upload(app, ("tune.mid", tune))
    assert app.radio(key="base_model").value == "mel_16bar"


def test_the_address_gets_no_path(app: AppTest, tune: bytes) -> None:
    """Least of all one that exists."""
    app.query_params["model"] = "/etc/passwd"
    app.run()
    assert "not offered" in app.toast[0].value
    upload(app, ("tune.mid", tune))
    assert app.radio(key="base_model").value == "mel_2bar"


def test_of_several_songs_one_can_go(app: AppTest, tune: bytes) -> None:
    """Each says what it gives; what remains is counted again."""
    upload(app, ("a.mid", tune), ("b.mid", a_tune(n_bars=8, qpm=100)))
    assert "2 songs teach one MidiMe" in words(app)
    assert "b.mid: 4 pieces" in words(app)
    remove = [button for button in app.button if button.label == "Remove"]
    assert len(remove) == 2
    remove[0].click().run()
    assert not app.exception
    assert app.metric[0].value == "4 pieces of 2 bars"
    assert app.subheader[0].value == "b.mid"


def test_an_example_can_be_added_to_another(app: AppTest) -> None:
    """A reel and a jig teach one MidiMe."""
    app.run()
    app.button_group(key="example").set_value("drowsy_maggie").run()
    app.toggle(key="songs_together").set_value(True).run()
    app.button_group(key="example").set_value("irish_washerwoman").run()
    assert not app.exception
    assert "Drowsy Maggie: 16 pieces" in words(app)
    assert app.metric[0].value == "33 pieces of 2 bars"
