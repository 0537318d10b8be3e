"""Wishes that no music can grant together, found before anything is trained.

Found are contradictions that follow from what the rules mean; two wishes that are merely hard to
have together are not called so. Rules of one's own are judged only by what they listen to.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from midime_engine.attributes.scales import Scale
from midime_engine.attributes.words import OCTAVE, pitch_class_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from midime_engine.attributes.register import PitchRange
    from midime_engine.attributes.requirement import Requirement
    from midime_engine.converters.classes import Role

__all__ = ["conflicts"]

_FULLY: Final = 0.9
"""From this share on, a rule about notes leaves no room for others to speak of."""

_FEWEST_PITCH_CLASSES: Final = 3
"""Fewer are a signal rather than a melody: C major and F sharp major share two."""

_ALL: Final = frozenset(range(OCTAVE))
_PITCH_CLASSES: Final = frozenset({"key", "scale", "avoid"})
_OPPOSITE: Final = (frozenset({"rising", "falling"}), frozenset({"arch", "valley"}))
_ROUNDING: Final = 1e-9


def conflicts(requirements: Iterable[Requirement], parts: tuple[Role, ...]) -> tuple[str, ...]:
    """Why not all of ``requirements`` can be satisfied by a model of ``parts``; empty if they can.

    Each is a sentence or two that names the wishes and the reason.
    """
    wishes = tuple(requirements)
    found = [_unheard(wish, parts) for wish in wishes if not wish.rule.fits(parts)]
    found += _in_pairs(wishes)
    found += _too_few_notes(wishes)
    return tuple(dict.fromkeys(found))


def _unheard(wish: Requirement, parts: tuple[Role, ...]) -> str:
    needed = " and ".join(
        {"pitched": "melody or bass", "lead": "a part that leads", "notes": "any notes"}.get(h, h)
        for h in wish.rule.hears
        if not (h == "lead" and len(wish.rule.hears) > 1)
    )
    return f"“{wish.label}” listens to {needed}, but this model plays {_listed(parts)}."


def _in_pairs(wishes: Sequence[Requirement]) -> Iterator[str]:
    for a, b in combinations(wishes, 2):
        for reason in (
            _too_much_and_too_little,
            _ranges_apart,
            _scales_apart,
            _register_out_of_range,
            _opposite_shapes,
            _density_against_rests,
            _different_ends,
        ):
            for first, second in ((a, b), (b, a)):
                why = reason(first, second)
                if why:
                    yield f"“{first.label}” and “{second.label}” exclude each other: {why}."
                    break


def _is_wanted(wish: Requirement) -> bool:
    return not wish.is_upper_limit and wish.enough > 0


def _are(first: Requirement, second: Requirement, *names: str) -> bool:
    """Whether both ask for much of these rules."""
    pair = (first.rule.name, second.rule.name)
    return pair == names and _is_wanted(first) and _is_wanted(second)


def _too_much_and_too_little(low: Requirement, high: Requirement) -> str:
    same = (low.rule.name, low.argument) == (high.rule.name, high.argument)
    if not same or low.is_upper_limit or not high.is_upper_limit or low.enough <= high.enough:
        return ""
    return f"nothing is at least {low.enough:g} and at most {high.enough:g}"


def _ranges_apart(first: Requirement, second: Requirement) -> str:
    if not _are(first, second, "range", "range"):
        return ""
    a, b = _range_of(first), _range_of(second)
    apart = a.highest < b.lowest or b.highest < a.lowest
    if not apart or first.enough + second.enough <= 1 + _ROUNDING:
        return ""
    return "the two ranges have no pitch in common"


def _scales_apart(first: Requirement, second: Requirement) -> str:
    about = {first.rule.name, second.rule.name} <= _PITCH_CLASSES
    if not about or not (_is_wanted(first) and _is_wanted(second)):
        return ""
    if _allowed(first) & _allowed(second) or first.enough + second.enough <= 1 + _ROUNDING:
        return ""
    return "they have no note in common"


def _register_out_of_range(ends: Requirement, centre: Requirement) -> str:
    if not _are(ends, centre, "range", "register") or ends.enough < 1:
        return ""
    within, pitch = _range_of(ends), centre.rule.value(centre.argument)
    away = max(within.lowest - pitch, pitch - within.highest, 0)
    if away <= (1 - centre.enough) * OCTAVE + _ROUNDING:
        return ""
    return f"the notes cannot lie about {centre.argument} and all within {ends.argument}"


def _opposite_shapes(first: Requirement, second: Requirement) -> str:
    if not _are(first, second, "contour", "contour"):
        return ""
    shapes = frozenset({first.argument, second.argument})
    return "one is the other upside down" if shapes in _OPPOSITE else ""


def _density_against_rests(dense: Requirement, rests: Requirement) -> str:
    if not _are(dense, rests, "density", "rests") or dense.argument == "drums":
        return ""
    if dense.argument or dense.enough + rests.enough <= 1 + _ROUNDING:
        return ""
    return "where a note begins there is no rest"


def _different_ends(first: Requirement, second: Requirement) -> str:
    name = first.rule.name
    if name not in {"start", "end"} or not _are(first, second, name, name):
        return ""
    if first.rule.value(first.argument) & second.rule.value(second.argument):
        return ""
    return f"there is only one {'first' if name == 'start' else 'last'} note"


def _too_few_notes(wishes: Sequence[Requirement]) -> Iterator[str]:
    """Which wishes about pitch classes leave nothing to play, together or with one note."""
    fully = [wish for wish in wishes if _is_wanted(wish) and wish.enough >= _FULLY]
    about = [wish for wish in fully if wish.rule.name in _PITCH_CLASSES]
    pairs = [
        pair
        for pair in combinations(about, 2)
        if len(_allowed(pair[0]) & _allowed(pair[1])) < _FEWEST_PITCH_CLASSES
    ]
    yield from (_common(pair) for pair in pairs if _allowed(pair[0]) & _allowed(pair[1]))
    everything = _ALL.intersection(*map(_allowed, about))
    if not pairs and len(everything) < _FEWEST_PITCH_CLASSES:
        yield _common(about)
        return
    for wish in wishes:
        if wish.rule.name in {"start", "end"} and _is_wanted(wish):
            alone = [other for other in fully if other in about]
            missing = wish.rule.value(wish.argument) - everything
            if alone and missing == wish.rule.value(wish.argument):
                names = " and ".join(f"“{other.label}”" for other in alone)
                yield f"“{wish.label}” asks for a note that {names} {_exclude(alone)}."
    yield from _chords_outside(fully, about, everything)


def _chords_outside(
    fully: Sequence[Requirement], about: Sequence[Requirement], allowed: frozenset[int]
) -> Iterator[str]:
    for wish in fully:
        if wish.rule.name != "chords":
            continue
        for chord in dict.fromkeys(wish.rule.value(wish.argument)):
            if not chord.pitch_classes & allowed:
                names = " and ".join(f"“{other.label}”" for other in about)
                yield (
                    f"“{wish.label}” asks for notes of {chord.name}, all of which {names} "
                    f"{_exclude(about)}."
                )


def _common(wishes: Sequence[Requirement]) -> str:
    shared = _ALL.intersection(*map(_allowed, wishes))
    names = " and ".join(f"“{wish.label}”" for wish in wishes)
    if not shared:
        return f"{names} have no note in common, all together."
    notes = _listed([pitch_class_name(number) for number in sorted(shared)])
    return f"{names} share only {notes}, which is too little for music."


def _exclude(wishes: Sequence[Requirement]) -> str:
    return "excludes" if len(wishes) == 1 else "together exclude"


def _allowed(wish: Requirement) -> frozenset[int]:
    value = wish.rule.value(wish.argument)
    return frozenset(value.degrees) if isinstance(value, Scale) else _ALL - value


def _range_of(wish: Requirement) -> PitchRange:
    ends: PitchRange = wish.rule.value(wish.argument)
    return ends


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
