"""The tracks of a song: what each could be, and which ones to begin with.

Users suffer most from a wrong melody taken silently, so every track gets a verdict per role in a
sentence, and the guess says why. The guess weighs what musicians and their programs tell (names,
programs) and what the notes tell (one at a time, register, how much of the song it plays in, how
little it repeats itself). Drum kits are never a melody, pitched tracks never drums.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.lines import Line, drum_line, pitched_line
from midime_engine.converters.notes import Notes
from midime_engine.converters.spans import spans
from midime_engine.errors import NoUsableTrackError
from midime_engine.music.general_midi import PROGRAM_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midime_engine.converters.classes import Role
    from midime_engine.converters.spans import Span
    from midime_engine.music.song import Song

__all__ = ["Selection", "Track", "Verdict", "best_selection", "list_tracks", "pitch_name"]

_HIGHEST_BASS: Final = 60
"""Median pitch, C4: a line that lies above is no bass to anybody's ear."""

_NOTE_NAMES: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a track can play a role."""

    usable: bool
    n_chunks: int
    """Chunks in which it is heard; 0 if it is not usable."""

    sentence: str
    """The verdict, or the reason why not."""


@dataclass(frozen=True, slots=True)
class Track:
    """One instrument of a song."""

    index: int
    """Its number in the sequence (``note.instrument``)."""

    name: str
    """As the file calls it; may be empty."""

    program: int
    """General MIDI program of most of its notes, 0..127."""

    program_name: str
    is_drum: bool
    n_notes: int
    lowest: int
    """Lowest pitch."""

    highest: int
    """Highest pitch."""

    polyphony: float
    """Notes that sound at once, averaged over the time in which any does."""

    median_pitch: float
    """Of the highest voice."""

    single_share: float
    """Share of its onsets at which exactly one note begins, 0..1."""

    variety: float
    """Share of its chunks that differ from all chunks before, 0..1."""

    n_spans: int
    """Chunks of the whole song, heard or not."""

    verdicts: Mapping[Role, Verdict]

    @property
    def label(self) -> str:
        """What to call it: its name and instrument, or its number."""
        return f"{self.name or f'Track {self.index + 1}'} ({self.program_name})"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which track plays which role; a role without a track is silent."""

    tracks: Mapping[Role, int]
    explanation: str = ""
    """All reasons in sentences."""

    reasons: Mapping[Role, str] = field(default_factory=dict)
    """What speaks for each track, without its name."""


def pitch_name(pitch: int) -> str:
    """Scientific name of a MIDI pitch.

    >>> pitch_name(60), pitch_name(21)
    ('C4', 'A0')
    """
    return f"{_NOTE_NAMES[pitch % 12]}{pitch // 12 - 1}"


def list_tracks(song: Song, *, n_steps: int) -> tuple[Track, ...]:
    """All tracks that hold notes, with verdicts for a model whose window is ``n_steps``."""
    notes = Notes.of(song.sequence)
    grid = spans(song.bars, n_steps=n_steps)
    names = {info.instrument: info.name for info in song.sequence.instrument_infos}
    tracks = []
    for index in np.unique(notes.instrument).tolist():
        own = notes.where(notes.instrument == index)
        tracks.append(_track(index, names.get(index, ""), own, grid, n_steps, song.n_steps))
    return tuple(tracks)


def _track(  # noqa: PLR0917 - one caller
    index: int, name: str, notes: Notes, grid: tuple[Span, ...], n_steps: int, n_song_steps: int
) -> Track:
    is_drum = bool(notes.is_drum.mean() >= 0.5)  # noqa: PLR2004 - most of its notes
    program = int(np.bincount(notes.program).argmax())
    line = (drum_line if is_drum else pitched_line)(notes, n_song_steps)
    heard = [w for w in _windows(line, grid, n_steps) if w]
    counts = np.unique(notes.start, return_counts=True)[1]
    covered = np.zeros(n_song_steps + 1, np.int64)
    np.add.at(covered, np.minimum(notes.start, n_song_steps), 1)
    np.add.at(covered, np.minimum(notes.end, n_song_steps), -1)
    sounding = np.cumsum(covered)
    median = float(np.median(line.kept.pitch)) if len(line.kept) else 0.0
    return Track(
        index=index,
        name=name,
        program=program,
        program_name="Drum kit" if is_drum else PROGRAM_NAMES[program],
        is_drum=is_drum,
        n_notes=len(notes),
        lowest=int(notes.pitch.min()),
        highest=int(notes.pitch.max()),
        polyphony=float(sounding[sounding > 0].mean()) if (sounding > 0).any() else 1.0,
        median_pitch=median,
        single_share=float(np.mean(counts == 1)),
        variety=len(set(heard)) / max(1, len(heard)),
        n_spans=len(grid),
        verdicts=_verdicts(line, len(heard), is_drum=is_drum, median=median),
    )


def _windows(line: Line, grid: tuple[Span, ...], n_steps: int) -> list[bytes]:
    """The tokens of each chunk as bytes; empty for a silent one."""
    windows = [line.window(span.start, span.length, n_steps) for span in grid]
    return [window.tobytes() if window.any() else b"" for window in windows]


def _verdicts(line: Line, n_chunks: int, *, is_drum: bool, median: float) -> dict[Role, Verdict]:
    if is_drum:
        pitchless = Verdict(usable=False, n_chunks=0, sentence="a drum kit has no pitches")
        if not n_chunks:
            why = "none of its percussion belongs to the nine drum classes"
            return {"melody": pitchless, "bass": pitchless, "drums": Verdict(False, 0, why)}
        drums = Verdict(True, n_chunks, f"usable as drums, {_pieces(n_chunks)}")
        return {"melody": pitchless, "bass": pitchless, "drums": drums}
    no_drums = Verdict(usable=False, n_chunks=0, sentence="not on the drum channel (10)")
    if not n_chunks:
        silent = Verdict(usable=False, n_chunks=0, sentence="plays only before the first full bar")
        return {"melody": silent, "bass": silent, "drums": no_drums}
    sentence = f"usable as melody, {_pieces(n_chunks)}"
    if line.n_beneath:
        sentence += "; of its chords the highest note is taken"
    melody = Verdict(True, n_chunks, sentence)
    bass = Verdict(True, n_chunks, f"usable as bass, {_pieces(n_chunks)}")
    if median > _HIGHEST_BASS:
        why = f"too high for a bass: half of its notes lie above {pitch_name(int(median))}"
        bass = Verdict(usable=False, n_chunks=0, sentence=why)
    return {"melody": melody, "bass": bass, "drums": no_drums}


def _pieces(n: int) -> str:
    """Chunks in the word of the app, where a visitor reads the sentence."""
    return "1 piece" if n == 1 else f"{n} pieces"


_MELODY_NAME: Final = re.compile(
    r"(?<![a-z])(melod\w*|vocals?|vox|voice|singer|singing|sang|gesang|canto|cantus)(?![a-z])"
)
_LEAD_NAME: Final = re.compile(r"(?<![a-z])(lead|leads|solo|theme|tune|main|soprano)(?![a-z])")
_BACKING_NAME: Final = re.compile(
    r"(?<![a-z])(bass|bs|chords?|pads?|acc|accomp\w*|rhythm|rhy|harmon(y|ies)|backing|back|bgv|"
    r"bridge|arp\w*|fx|effects?|left|lh|counter\w*|strings?|2nd|second)(?![a-z])"
)
_BASS_NAME: Final = re.compile(r"(?<![a-z])(bass|bs|basso|basse|baixo|bajo|basu)(?![a-z])")

_BASS_PROGRAMS: Final = frozenset(range(32, 40))
_LOW_PROGRAMS: Final = frozenset({43, 58, 87})
"""Contrabass, tuba, bass and lead."""

_SOLO_PROGRAMS: Final = frozenset({22, 40, 41, 42, 52, 53, 54, 56, 57, 59, *range(64, 87), 110})
_PAD_PROGRAMS: Final = frozenset({*range(48, 52), 55, *range(88, 104)})
_PERCUSSIVE_PROGRAMS: Final = frozenset({47, *range(112, 128)})

_SINGING: Final = (45.0, 60.0, 86.0, 100.0)
"""Register of melodies: plausible from the first to the last pitch, usual between the others."""


def best_selection(tracks: Sequence[Track], parts: Sequence[Role]) -> Selection:
    """The tracks to begin with, and why.

    A model of one part needs that part; a trio needs a melody, while bass and drums may be
    silent. The melody is chosen first, then the bass among the others.

    Raises:
        NoUsableTrackError: if no track can play the required part; says why.
    """
    required: Role = "melody" if "melody" in parts else parts[0]
    chosen: dict[Role, int] = {}
    reasons: dict[Role, str] = {}
    sentences = []
    for role in sorted(parts, key=("melody", "bass", "drums").index):
        free = [t for t in tracks if t.verdicts[role].usable and t.index not in chosen.values()]
        if role == "bass" and len(parts) > 1:
            free = [track for track in free if _bass_score(track) >= _LEAST_BASS]
        if free:
            best = max(free, key=lambda track: _score(track, role))
            chosen[role] = best.index
            reasons[role] = _reasons(best, role)
            sentences.append(f"{role.capitalize()}: {best.label}, {reasons[role]}.")
        elif role == required:
            raise _nothing_usable(tracks, role)
        else:
            sentences.append(f"{role.capitalize()}: no track, so this part is silent.")
    return Selection(chosen, " ".join(sentences), reasons)


_LEAST_BASS: Final = 2.0
"""Score under which a track is rather left out than called a bass."""


def _score(track: Track, role: Role) -> float:
    if role == "drums":
        return float(track.verdicts["drums"].n_chunks * 1000 + min(track.n_notes, 999))
    return _melody_score(track) if role == "melody" else _bass_score(track)


def _melody_score(track: Track) -> float:
    name = track.name.lower()
    score = 4.0 * bool(_MELODY_NAME.search(name)) + 2.0 * bool(_LEAD_NAME.search(name))
    score -= 2.0 * bool(_BACKING_NAME.search(name))
    score += 0.7 * (track.program in _SOLO_PROGRAMS) - 0.5 * (track.program in _PAD_PROGRAMS)
    score -= 3.0 * (track.program in _BASS_PROGRAMS)
    score -= 6.0 * (track.program in _PERCUSSIVE_PROGRAMS)
    score += 4.0 * track.single_share + 2.0 * _trapezium(track.median_pitch, _SINGING)
    score += 1.5 * _coverage(track, "melody") + min(track.variety, 0.5)
    notes_per_chunk = track.n_notes / max(1, track.verdicts["melody"].n_chunks)
    score += _trapezium(notes_per_chunk, _DENSITY)
    octaves = (track.highest - track.lowest) / 12
    return score - (octaves < _LEAST_OCTAVES) - min(max(0.0, octaves - _USUAL_OCTAVES), 2.0)


_DENSITY: Final = (1.0, 4.0, 24.0, 48.0)
"""Notes per chunk, in the same form as the register."""

_LEAST_OCTAVES: Final = 5 / 12
"""Less than a fourth is a riff or an effect rather than a tune."""

_USUAL_OCTAVES: Final = 2.0
"""Nobody sings more; a piano's right hand does."""


def _bass_score(track: Track) -> float:
    score = 2.5 * (track.program in _BASS_PROGRAMS) + 0.7 * (track.program in _LOW_PROGRAMS)
    score += 2.0 * bool(_BASS_NAME.search(track.name.lower()))
    score += 2.0 * _trapezium(track.median_pitch, (20.0, 28.0, 45.0, 57.0))
    score -= 2.0 * (track.program in _PERCUSSIVE_PROGRAMS)
    return score + 0.5 * track.single_share + 1.5 * _coverage(track, "bass")


def _coverage(track: Track, role: Role) -> float:
    return track.verdicts[role].n_chunks / max(1, track.n_spans)


def _trapezium(x: float, corners: tuple[float, float, float, float]) -> float:
    """0 outside the outer corners, 1 between the inner ones, straight in between."""
    return float(np.interp(x, corners, (0.0, 1.0, 1.0, 0.0)))


def _reasons(track: Track, role: Role) -> str:
    verdict = track.verdicts[role]
    reasons = []
    name = track.name.lower()
    if role == "melody" and _MELODY_NAME.search(name):
        reasons.append("its name says melody")
    elif role == "melody" and _LEAD_NAME.search(name):
        reasons.append("its name says lead")
    elif role == "bass" and _BASS_NAME.search(name):
        reasons.append("its name says bass")
    elif role == "bass" and track.program in _BASS_PROGRAMS:
        reasons.append("a bass instrument")
    if role == "drums":
        reasons.append(f"{track.n_notes} hits on the drum channel")
    else:
        if track.single_share > 0.9:  # noqa: PLR2004 - nearly always
            reasons.append("one note at a time")
        span = f"{pitch_name(track.lowest)} to {pitch_name(track.highest)}"
        reasons.append(f"notes from {span}")
    heard = f"{verdict.n_chunks} of {_pieces(track.n_spans)}"
    return ", ".join([*reasons, f"heard in {heard}"])


def _nothing_usable(tracks: Sequence[Track], role: Role) -> NoUsableTrackError:
    reasons = [f"{track.label}: {track.verdicts[role].sentence}" for track in tracks]
    why = f" ({'; '.join(reasons[:3])}{'; …' if len(reasons) > 3 else ''})" if reasons else ""  # noqa: PLR2004 - a line
    kind = {"melody": "a melody", "bass": "a bass line", "drums": "drums"}[role]
    other = "a melody" if role == "drums" else "drums"
    return NoUsableTrackError(
        f"No track can be read as {kind}{why}.",
        remedy=f"Choose a song with {kind} in it, or a model for {other}.",
    )
