"""A longer piece: choose its length and form, listen to the whole, take it home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_engine.pipelines.plan import MAX_BARS, MIN_BARS
from midime_ui import drawn_path, pieces, tray
from midime_ui.components import downloads, failure, player, seed, wording
from midime_ui.pieces import Request

if TYPE_CHECKING:
    from midime_ui.drawn_path import Points
    from midime_ui.personal import Personal
    from midime_ui.pieces import Form, Piece
    from midime_ui.position import Position
    from midime_ui.studies import Study
    from midime_ui.tray import Item

__all__ = ["show"]

_USUAL_BARS: Final = 32
_BARS_STEP: Final = 4
"""So that every length has four equal sections."""

_NAMES: Final[dict[Form, str]] = {
    "song": "Along the song",
    "aaba": "A A B A",
    "path": "A path",
    "free": "Free",
}
_SAYS: Final[dict[Form, str]] = {
    "song": "Piece by piece in the order of your song, each moved some way to where the sliders "
    "stand: a variation of the whole song.",
    "aaba": "A part that is heard twice, another one, and the first again, each time slightly "
    "varied.",
    "path": "From one kept variation to the next, with steps in between.",
    "free": "One draw after the other from all over the space of your song, each different.",
}
_HERE: Final = "Where the sliders stand"
_DRAWN: Final = "A draw with the seed below"


def show(study: Study, personal: Personal, position: Position) -> None:
    """Ask for a piece, make it, and let it be heard and downloaded."""
    form = _ask_form()
    if form == "song" and study.songless is not None:
        st.info(
            "This MidiMe was opened without its song, so there is no order of it to follow. The "
            "other forms need only the MidiMe.",
            icon=":material/music_off:",
        )
    else:
        request = _ask(study, position, form)
        if request is not None and st.button(
            "Compose", type="primary", icon=":material/queue_music:", key="piece_make"
        ):
            _make(study, personal, request)
    made = pieces.piece(personal)
    if made is not None:
        _show_piece(study, made)


def _ask_form() -> Form:
    chosen = st.segmented_control(
        "Form",
        list(_NAMES),
        default="song",
        required=True,
        format_func=lambda form: _NAMES[form],
        key="piece_form",
        persist_state="session",
    )
    form: Form = chosen if chosen in _NAMES else "song"
    st.caption(_SAYS[form])
    return form


def _ask(study: Study, position: Position, form: Form) -> Request | None:
    """What is wanted; None as long as something is missing, which is said."""
    places: tuple[Item | None, ...] = ()
    through: Points = ()
    if form == "aaba":
        places = _ask_sections()
    elif form == "path":
        through = _ask_drawn(len(position.point))
        places = () if through else _ask_stops()
        if not through and len(places) < 2:  # noqa: PLR2004 - both ends
            return None
    length, amount, chance = st.columns([3, 3, 2], gap="medium", vertical_alignment="bottom")
    with length:
        n_bars = st.slider(
            "Bars",
            MIN_BARS,
            MAX_BARS,
            _USUAL_BARS,
            _BARS_STEP,
            key="piece_bars",
            persist_state="session",
        )
    with amount:
        moved = _ask_amount() if form == "song" else 0.0
    with chance:
        drawn = _ask_seed()
    return Request(
        form=form,
        n_bars=min(max(int(n_bars), MIN_BARS), MAX_BARS),
        position=position,
        seed=drawn,
        amount=moved,
        places=places,
        through=through,
        keep_harmony=_ask_harmony(study),
    )


def _ask_sections() -> tuple[Item | None, Item | None]:
    a, b = st.columns(2, gap="medium")
    with a:
        first = _choose("A", "piece_a", otherwise=_HERE)
    with b:
        second = _choose("B", "piece_b", otherwise=_DRAWN)
    if not tray.items():
        st.caption("What you keep among the variations can be chosen here, too.")
    return first, second


def _choose(label: str, key: str, *, otherwise: str) -> Item | None:
    """One of the kept items; None for what is otherwise taken."""
    by_id = {item.id: item for item in tray.items()}
    if st.session_state.get(key) not in by_id:
        st.session_state[key] = ""  # It was discarded.
    chosen = st.selectbox(
        label,
        ["", *by_id],
        format_func=lambda id: by_id[id].name if id else otherwise,  # noqa: A006 - the field's own
        key=key,
        persist_state="session",
    )
    return by_id.get(str(chosen))


def _ask_drawn(n_sliders: int) -> Points:
    """The way on the map, if there is one and it is wanted."""
    drawn = drawn_path.points(n_sliders)
    if not drawn:
        return ()
    is_wanted = st.toggle(
        "Take the way on the map", value=True, key="piece_drawn", persist_state="session"
    )
    return drawn if is_wanted else ()


def _ask_stops() -> tuple[Item, ...]:
    by_id = {item.id: item for item in tray.items()}
    if len(by_id) < 2:  # noqa: PLR2004 - both ends
        st.info(
            "A path leads from one kept variation to the next. Keep two at least, among the "
            "variations, or click a journey on the map.",
            icon=":material/route:",
        )
        return ()
    asked = "piece_stops"
    before = st.session_state.get(asked, list(by_id))
    st.session_state[asked] = [each for each in before if each in by_id]
    chosen = st.multiselect(
        "Through",
        list(by_id),
        format_func=lambda id: by_id[id].name,  # noqa: A006 - the field's own name
        key=asked,
        persist_state="session",
        help="In the order in which you choose them. In a short piece some are left out.",
    )
    if len(chosen) < 2:  # noqa: PLR2004 - both ends
        st.caption("Choose two at least.")
    return tuple(by_id[str(each)] for each in chosen)


def _ask_amount() -> float:
    amount = st.slider(
        "Toward your variation",
        0,
        100,
        50,
        5,
        format="%d %%",
        key="piece_amount",
        persist_state="session",
        help="How far each piece of the song is moved to where the sliders stand, on the straight "
        "line between their points. At 0 % it is the song as your MidiMe remembers it.",
    )
    return min(max(int(amount), 0), 100) / 100


def _ask_seed() -> int:
    value = st.number_input(
        "Seed of the piece",
        min_value=0,
        max_value=seed.MAX_SEED,
        value=0,
        step=1,
        key="piece_seed",
        persist_state="session",
        help="The number that chance starts from. The same settings with the same seed give the "
        "same piece again.",
    )
    return min(max(int(value or 0), 0), seed.MAX_SEED)


def _ask_harmony(study: Study) -> bool:
    """Whether to keep the harmony of the song; where there is none, why."""
    if not pieces.has_harmony(study):
        st.caption(
            "The harmony of the song cannot be kept: the song is not here."
            if study.songless is not None
            else "The harmony of the song cannot be kept: drums alone have none."
        )
        return False
    return st.toggle(
        "Keep the harmony of the song",
        key="piece_harmony",
        persist_state="session",
        help="One chord is heard in each bar of your song (the best of the 24 major and minor "
        "triads). Notes of the piece on strong beats that are not in the chord of their bar are "
        "moved to its nearest note, two semitones at most. Drums stay.",
    )


def _make(study: Study, personal: Personal, request: Request) -> None:
    bar = st.progress(0.0, "Laying the piece out…")

    def advance(done: int, of: int) -> None:
        bar.progress(done / of, f"Composing, {wording.percent(done / of)} done…")

    try:
        pieces.set_piece(pieces.make(study, personal, request, advance=advance))
    except MidimeError as error:
        failure.show(error)
    bar.empty()


def _show_piece(study: Study, made: Piece) -> None:
    request = made.request
    title = f"{_NAMES[request.form]}, {wording.count(request.n_bars, 'bar')}"
    whole = pieces.sequence(study, made)
    marks = pieces.kept_marks(study, made) if study.songless is None else None
    st.subheader(title)
    player.show(whole, key="piece_player", title=title, kept=marks)
    st.caption(failure.plain(" ".join(_account(made, marks))))
    name = downloads.name_of(study, f"{title} seed {request.seed}")
    downloads.show(whole, name=name, key="piece")
    if made.chords:
        with st.expander("The harmony, bar by bar", icon=":material/music_note:"):
            st.markdown(failure.plain(", ".join(made.chords)))


def _account(made: Piece, marks: tuple[bool, ...] | None) -> list[str]:
    """How it is laid out, what of it stands in the song, and what was moved."""
    sentences = []
    if made.request.form == "aaba":
        n = made.request.n_bars // 4
        sentences.append(f"Each section has {wording.count(n, 'bar')}.")
    if marks:
        share = wording.percent(sum(marks) / len(marks))
        sentences.append(
            f"{share} of its {len(marks)} notes stand in the nearest bars of the song."
        )
    if made.chords:
        sentences.append(
            f"{made.n_moved} of {wording.count(made.n_notes, 'note')} were moved to the harmony of "
            "the song."
        )
    return sentences
