"""A taste: rated, learnt, heard before and after, and asked of visitors of a link."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from midime_engine.attributes.requirement import Requirements
from midime_engine.pipelines import constrain, ruled
from midime_engine.pipelines.constrain import Constraining
from midime_ui.components import taste_training_panel
from tests.pages.steps import links, train, upload, words
from tests.support.leaning import STEPS
from tests.support.ruling import a_constraint

RATINGS = "pages/ratings.py"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A training that leads to a constraint that is known; four ratings are enough for it."""
    monkeypatch.setattr(taste_training_panel, "LEAST", 4)
    monkeypatch.setattr(constrain, "start", lambda *_: Constraining(a_constraint(), iter(STEPS)))


def rate(app: AppTest, n: int) -> None:
    """Like every other piece."""
    for i in range(n):
        app.button(key="rating_dislike_d" if i % 2 else "rating_like_l").click().run()
        assert not app.exception


def teach(app: AppTest) -> None:
    """Press the button and wait for before and after."""
    app.button(key="taste_start").click().run()
    deadline = time.monotonic() + 20
    while not any(each.label == "To this taste" for each in app.metric):
        assert time.monotonic() < deadline
        time.sleep(0.1)
        app.run()
    assert not app.exception


def test_a_taste_can_be_taught_without_a_song(app: AppTest) -> None:
    """From all that the model can play; nothing is stored."""
    app.run()
    app.switch_page(RATINGS).run()
    assert app.title[0].value == "Teach it your taste"
    assert "Nothing has been rated yet" in words(app)
    assert "stored nowhere" in words(app)
    assert app.button(key="taste_start").disabled
    rate(app, 4)
    assert {each.label for each in app.metric} >= {"Foreseen answers"}
    teach(app)
    assert "As you like it" in words(app)
    assert app.button(key="taste_apply").disabled
    assert links(app)


def test_one_sided_ratings_get_a_clear_sentence(app: AppTest) -> None:
    """While one rates, and when one wants to train."""
    app.run()
    app.switch_page(RATINGS).run()
    for _ in range(4):
        app.button(key="rating_like_l").click().run()
    app.button(key="taste_start").click().run()
    assert not app.exception
    assert "You have liked everything so far" in app.error[0].value
    assert "Rate on until there is something that you dislike" in app.error[0].value


def test_the_taste_goes_to_the_sliders(app: AppTest, tune: bytes) -> None:
    """Where it can be switched off."""
    upload(app, ("tune.mid", tune))
    train(app)
    app.switch_page(RATINGS).run()
    rate(app, 4)
    teach(app)
    app.button(key="taste_apply").click().run()
    assert not app.exception
    assert app.title[0].value.startswith("Explore")
    assert "what was liked" in words(app)
    app.toggle(key="with_rules").set_value(False).run()
    assert not app.exception


def test_a_downloaded_taste_is_opened_for_its_own_model(app: AppTest) -> None:
    """One changes to that model, hears before and after, and can learn another taste instead."""
    constraint = a_constraint()
    data = ruled.pack(constraint, model="drums_2bar", requirements=Requirements(()))
    app.run()
    app.switch_page(RATINGS).run()
    file = ("taste.safetensors", data, "application/octet-stream")
    app.file_uploader(key="taste_file").set_value(file).run()
    assert "This taste was learnt for Drums, 2 bars" in app.error[0].value
    app.button(key="taste_switch").click().run()
    assert not app.exception
    assert not app.error
    assert {each.label for each in app.metric} >= {"To this taste"}
    assert "As you like it" in words(app)
    rate(app, 4)
    teach(app)
    assert "From 4 ratings (yours)" in words(app)


def test_visitors_of_a_link_rate_for_its_owner(app: AppTest, tune: bytes) -> None:
    """They read what is stored; the owner counts them, trains on theirs, deletes them."""
    upload(app, ("tune.mid", tune))
    train(app)
    app.switch_page("pages/explore.py").run()
    app.session_state["keep"] = True
    app.run()
    app.button(key="share_make").click().run()
    address = next(code.value for code in app.code if "share=" in code.value)

    friend = AppTest.from_file(str(app._script_path), default_timeout=60)
    friend.query_params["share"] = parse_qs(urlsplit(address).query)["share"][0]
    friend.run()
    friend.switch_page(RATINGS).run()
    assert not friend.exception
    assert "Stored with it, under a random number" in words(friend)
    rate(friend, 5)
    friend.button(key="rating_undo").click().run()
    assert "1 visitor" not in words(friend)

    app.switch_page(RATINGS).run()
    assert "**1 visitor** of your link gave **4 ratings**" in words(app)
    assert app.button(key="taste_start").disabled
    app.selectbox(key="rating_whose").select_index(2).run()
    teach(app)
    assert "From 4 ratings (Visitor 1's)" in words(app)
    app.button(key="rating_people_delete").click().run()
    assert not app.exception
    assert "1 visitor" not in words(app)
