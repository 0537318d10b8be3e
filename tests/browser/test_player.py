"""Players in a real browser: they sound, and the music stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.browser import PATIENCE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

MAIN = "main one"
REFUSES_SCRIPTS = """
const make = URL.createObjectURL;
URL.createObjectURL = (blob) =>
  blob.type === "text/javascript" ? "blob:refused" : make.call(URL, blob);
"""
"""What a browser does whose host forbids scripts that are not files of the server."""

WATCHES_THE_OFFER = """
const look = () => {
  const room = document.querySelector("[class*=_midime_plain]")?.parentElement;
  if (room) window.there ??= performance.now();
  if (room?.offsetHeight > 1) window.offered ??= performance.now();
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
"""Notes when the plain player is on the page, and when it can be seen."""

UNTOUCHED = "Object.defineProperty(navigator, 'userActivation', {value: {hasBeenActive: false}})"
"""Looking at a page through a driver counts as touching it."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new visitor; an error of a script fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults


def enter(page: Page, stage: str) -> None:
    """Wait until everything is drawn; nothing plays by itself."""
    page.add_init_script(UNTOUCHED)
    page.goto(stage)
    page.get_by_role("group", name="Silence").wait_for()
    for i in range(3):
        page.locator(".js-plotly-plot").nth(i).locator(".points path").first.wait_for(
            state="attached"
        )


def player(page: Page, name: str = "Main <b>tune</b>") -> Locator:
    """The controls of one player."""
    return page.get_by_role("group", name=name, exact=True)


def play(page: Page, name: str = "Main <b>tune</b>", key: str = MAIN) -> None:
    """Press the button and wait for the sound."""
    player(page, name).get_by_role("button", name="Play").click()
    wait_for(page, key, "state.isSounding && state.position > 0")


def state(page: Page, key: str = MAIN) -> dict[str, Any]:
    """What a player is doing at this moment."""
    found: dict[str, Any] = page.evaluate("key => midimePlayers.players.get(key).state()", key)
    return found


def wait_for(page: Page, key: str, condition: str) -> None:
    """Wait until ``condition`` holds of the state of a player."""
    page.wait_for_function(
        "([key, condition]) => { const state = midimePlayers.players.get(key)?.state();"
        "return state && new Function('state', `return ${condition}`)(state); }",
        arg=[key, condition],
    )


def playhead(page: Page, chart: int = 0) -> float:
    """Where the line stands, as a share of the width of the plot."""
    line = page.locator(".js-plotly-plot").nth(chart).locator(".midime-playhead").bounding_box()
    plot = page.locator(".js-plotly-plot .nsewdrag").nth(chart).bounding_box()
    assert line is not None
    assert plot is not None
    return (line["x"] + 1 - plot["x"]) / plot["width"]


def test_the_line_follows_the_sound_and_a_click_on_the_roll_leads_it(
    page: Page, stage: str
) -> None:
    """The clock of the sound runs, the line with it, the sounding note is marked."""
    enter(page, stage)
    play(page)
    first = state(page)
    wait_for(page, MAIN, f"state.position > {first['position'] + 0.3}")
    second = state(page)
    assert second["time"] - first["time"] == pytest.approx(
        second["position"] - first["position"], abs=0.1
    )
    assert page.locator(".midime-note:visible").count() == 1
    assert page.evaluate(
        """() => {
            const { quarters } = midimePlayers.players.get("main one").state();
            const style = document.querySelector(".midime-playhead").style.transform;
            const axis = document.querySelector(".js-plotly-plot")._fullLayout.xaxis;
            const drawn = axis.p2d(parseFloat(style.slice(11)) + 1 - axis._offset);
            return Math.abs(drawn - quarters) < 0.5;
        }"""
    )
    player(page).get_by_role("button", name="Pause").click()
    plot = page.locator(".js-plotly-plot .nsewdrag").first.bounding_box()
    assert plot is not None
    page.mouse.click(plot["x"] + 0.75 * plot["width"], plot["y"] + 20)
    assert state(page)["quarters"] == pytest.approx(12.0, abs=0.1)
    assert playhead(page) == pytest.approx(0.75, abs=0.01)
    # The line stays on its beat when the chart gets another size.
    page.set_viewport_size({"width": 700, "height": 1000})
    page.wait_for_timeout(1000)
    assert playhead(page) == pytest.approx(0.75, abs=0.01)


def test_music_goes_on_while_the_page_changes(page: Page, stage: str) -> None:
    """A run leaves it alone; other music takes over at the same beat; what is gone is silent."""
    enter(page, stage)
    play(page)
    page.get_by_role("button", name="Repeat").first.click()
    before = state(page)
    page.get_by_role("button", name="Run again").click()
    page.get_by_text("Something above", exact=True).click()
    page.get_by_text("Something above.", exact=True).wait_for()
    page.wait_for_timeout(600)
    after = state(page)
    assert after["isSounding"]
    assert after["hash"] == before["hash"]
    assert after["time"] > before["time"]
    passed = (after["position"] - before["position"]) % 8.0
    assert passed == pytest.approx(after["time"] - before["time"], abs=0.15)

    page.evaluate(
        "addEventListener('midime:sound', () => {"
        "const player = midimePlayers.players.get('main one');"
        "window.exchanged = [window.before, player.state().quarters]; });"
        "setInterval(() => { if (!window.exchanged)"
        "window.before = midimePlayers.players.get('main one').state().quarters; }, 5)"
    )
    page.get_by_text("Slower", exact=True).click()
    wait_for(page, MAIN, "state.seconds === 16")
    old, new = page.evaluate("window.exchanged")
    # Modulo the sixteen beats of the piece, which is repeated.
    assert (new - old + 8) % 16 == pytest.approx(8.0, abs=0.5)
    assert state(page)["isSounding"]
    assert state(page)["scheduledAfter"] < 2000

    page.get_by_text("Take it away").click()
    page.wait_for_function("!midimePlayers.players.has('main one')")
    assert page.locator(".midime-playhead").count() == 0


def test_controls_that_come_late_find_the_sound_that_was_sent_ahead(page: Page, stage: str) -> None:
    """On a busy machine they are away for longer than an element that has gone for good."""
    enter(page, stage)
    play(page, "Early", "early")
    page.get_by_text("Controls come later", exact=True).click()
    page.wait_for_function("!midimePlayers.players.get('early')?.view")
    assert not state(page, "early")["isActive"]
    page.get_by_text("Controls come later", exact=True).click()
    play(page, "Early", "early")


def test_only_one_is_heard_and_one_key_compares_two(page: Page, stage: str) -> None:
    """Large or small, beside each other or in pairs."""
    enter(page, stage)
    play(page)
    page.get_by_role("button", name="Play: Number 2").click()
    wait_for(page, "tile2", "state.isSounding")
    assert not state(page)["isActive"]

    play(page, "left", "left")
    assert not state(page, "tile2")["isActive"]
    player(page, "left").get_by_role("button", name="Repeat").click()
    sides = [player(page, side).locator(".badge").inner_text() for side in ("left", "right")]
    assert sides == ["A", "B"]
    page.keyboard.press("x")
    wait_for(page, "right", "state.isSounding")
    left, right = state(page, "left"), state(page, "right")
    assert not left["isActive"]
    assert (right["position"] - left["position"]) % 4.0 < 1.0
    player(page, "right").get_by_role("button", name="Swap (X)").click()
    wait_for(page, "left", "state.isSounding")
    assert not state(page, "right")["isActive"]


def test_the_keyboard_is_enough(page: Page, stage: str) -> None:
    """Play, seek, repeat, mute, each with a name and a state that can be read out."""
    enter(page, stage)
    controls = player(page)
    seek = controls.get_by_role("slider", name="Position")
    seek.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert state(page)["quarters"] == pytest.approx(2.0, abs=0.01)
    assert seek.get_attribute("aria-valuetext") == "1.0 of 8.0 seconds"
    page.keyboard.press("ArrowLeft")
    assert state(page)["quarters"] == pytest.approx(1.0, abs=0.01)
    for key, name in [("l", "Repeat"), ("m", "Mute")]:
        page.keyboard.press(key)
        button = controls.get_by_role("button", name=name)
        assert button.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Space")
    wait_for(page, MAIN, "state.isSounding")
    page.keyboard.press("k")
    wait_for(page, MAIN, "!state.isActive")
    controls.get_by_role("button", name="Play").focus()
    page.keyboard.press("Space")
    wait_for(page, MAIN, "state.isSounding")
    assert player(page, "Silence").get_by_role("button", name="Play").is_disabled()
    player(page, "Silence").get_by_text("no note is played here").wait_for()


def test_nothing_sounds_before_the_first_touch(page: Page, stage: str) -> None:
    """Then new music may begin by itself; the volume is remembered."""
    enter(page, stage)
    page.wait_for_timeout(500)
    assert not state(page)["isActive"]
    page.evaluate("Object.defineProperty(navigator.userActivation, 'hasBeenActive', {value: true})")
    player(page).get_by_role("slider", name="Volume").fill("0.3")
    page.get_by_text("Higher", exact=True).click()
    wait_for(page, MAIN, "state.isSounding")
    assert page.evaluate("localStorage.getItem('midime.volume')") == "0.3"


def test_a_browser_that_refuses_the_script_has_its_own_player(page: Page, stage: str) -> None:
    """After a moment, and without it nothing of the page is missing."""
    page.add_init_script(REFUSES_SCRIPTS + WATCHES_THE_OFFER)
    page.goto(stage)
    page.wait_for_function("window.offered")
    assert page.evaluate("window.offered - window.there") >= 3500
    offer = page.locator("[class*=_midime_plain]").first
    ask = offer.get_by_role("button", name="Use the player of your browser")
    ask.click()
    offer.locator("audio").wait_for()
    assert page.locator(".js-plotly-plot").count() == 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_players_fit_a_phone(browser: Browser, stage: str, scheme: Any) -> None:
    """Nothing runs off the side, and nothing moves when the players come."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    enter(page, stage)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    for group in page.get_by_role("group").all():
        box = group.bounding_box()
        if box is not None:
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
    room = page.locator(".stBidiComponent").first.bounding_box()
    assert room is not None
    assert room["height"] == 48
    context.close()
