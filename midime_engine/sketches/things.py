"""What is drawn: six things, each as the strokes of somebody's hand.

Coordinates are of the thing itself, about 1 wide and high; :mod:`midime_engine.sketches.generator`
gives it its size and place. The order of strokes is the usual one: the large shape first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.sketches.hand import circle, polygon

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from midime_engine.sketches.hand import Hand

    Points = npt.NDArray[np.float64]

__all__ = ["THINGS"]


def _boat(hand: Hand) -> list[Points]:
    """A hull, a mast and one or two sails; waves, a flag."""
    width, deep = hand.near(1.0, 0.05), hand.near(0.24)
    rake = hand.near(0.16)
    hull = [(-width / 2, 0.0), (-width / 2 + rake, -deep), (width / 2 - rake, -deep)]
    strokes = [hand.closed(np.array([*hull, (width / 2, 0.0)]))]
    foot, top = 0.04 * hand.rng.normal(), hand.near(0.72)
    strokes.append(np.array([(foot, 0.0), (foot, top)]))
    reach, boom = hand.near(0.36), hand.near(0.08)
    sail = np.array([(foot, top * 0.97), (foot - reach, boom), (foot, boom)])
    strokes.append(hand.closed(sail))
    if hand.adds(0.6):
        jib = np.array([(foot, top * 0.9), (foot + hand.near(0.3), boom), (foot, boom)])
        strokes.append(hand.closed(jib))
    if hand.adds(0.35):
        flag = [(foot, top), (foot + hand.near(0.14), top - 0.05), (foot, top - 0.1)]
        strokes.append(hand.open(np.array(flag)))
    if hand.adds(0.45):
        strokes.extend(_waves(hand, width, -deep - 0.08))
    return strokes


def _waves(hand: Hand, width: float, y: float) -> list[Points]:
    crests = int(hand.rng.integers(3, 6))
    x = np.linspace(-width / 2, width / 2, 2 * crests + 1)
    wave = np.stack([x, y + np.where(np.arange(len(x)) % 2, 0.05, 0.0)], axis=1)
    return [hand.open(wave, extra=0.2)]


def _cat(hand: Hand) -> list[Points]:
    """A head with two ears, eyes, a nose; whiskers, a mouth."""
    wide, high = hand.near(0.84, 0.08), hand.near(0.72, 0.08)
    ear = hand.near(0.28)
    left, right = -wide / 2, wide / 2
    brow = high * 0.3
    ears = [
        [(right * 0.98, brow), (right * 0.86, brow + ear), (right * 0.34, high * 0.46)],
        [(left * 0.34, high * 0.46), (left * 0.86, brow + ear), (left * 0.98, brow)],
    ]
    chin = [(left * 0.9, -high * 0.2), (left * 0.45, -high / 2)]
    chin += [(right * 0.45, -high / 2), (right * 0.9, -high * 0.2)]
    if hand.joins():
        strokes = [hand.closed(np.array([*ears[0], *ears[1], *chin]))]
    else:
        head = polygon(6, (0.0, 0.0), wide, high, turn=np.pi / 6)
        strokes = [hand.closed(head), *(hand.open(np.array(each)) for each in reversed(ears))]
    apart, eye = hand.near(0.17), hand.near(0.11)
    strokes.extend(_eyes(hand, apart, high * 0.08, eye))
    nose = [(-0.05, -high * 0.1), (0.05, -high * 0.1), (0.0, -high * 0.18)]
    strokes.append(hand.closed(np.array(nose)))
    if hand.adds(0.5):
        y, w = -high * 0.3, hand.near(0.12)
        mouth = [(-w, y + 0.02), (-w / 2, y - 0.04), (0.0, -high * 0.2), (w / 2, y - 0.04)]
        strokes.append(hand.open(np.array([*mouth, (w, y + 0.02)])))
    strokes.extend(_whiskers(hand, -high * 0.16))
    return strokes


def _whiskers(hand: Hand, y: float) -> list[Points]:
    each = int(hand.rng.binomial(3, min(1.0, 0.9 * hand.detail)))
    fan = np.linspace(-0.5, 0.5, each) if each > 1 else np.zeros(each)
    length = hand.near(0.36)
    strokes = []
    for side in (-1.0, 1.0):
        for lift in fan:
            start, end = (side * 0.14, y + 0.06 * lift), (side * (0.14 + length), y + 0.28 * lift)
            strokes.append(np.array([start, end]))
    return strokes


def _eyes(hand: Hand, apart: float, y: float, size: float) -> list[Points]:
    """Two eyes: circles, or strokes of a hand in haste."""
    if hand.haste > 0.7:  # noqa: PLR2004 - hands differ
        return [
            np.array([(side * apart, y + size / 2), (side * apart, y - size / 2)])
            for side in (-1.0, 1.0)
        ]
    shape = circle if hand.roundness > 0.4 else _box  # noqa: PLR2004 - hands differ
    return [hand.closed(shape((side * apart, y), size)) for side in (-1.0, 1.0)]


def _box(centre: tuple[float, float], width: float) -> Points:
    return polygon(4, centre, width, width, turn=np.pi / 4)


def _face(hand: Hand) -> list[Points]:
    """A head, two eyes and a mouth; a nose, brows, ears, hair."""
    wide, high = hand.near(0.8, 0.08), hand.near(0.95, 0.06)
    corners = int(hand.rng.choice([4, 5, 6, 8]))
    turn = np.pi / corners if corners in {4, 8} else np.pi
    strokes = [hand.closed(polygon(corners, (0.0, 0.0), wide, high, turn=turn))]
    strokes.extend(_eyes(hand, hand.near(0.17), high * 0.12, hand.near(0.11)))
    if hand.adds(0.5):
        strokes.append(
            hand.open(np.array([(0.0, 0.06), (-0.06, -high * 0.1), (0.03, -high * 0.1)]))
        )
    smile, w = hand.rng.normal(0.06, 0.06), hand.near(0.2)
    y = -high * 0.24
    mouth = [(-w, y + smile), (-w / 2, y - smile / 2), (w / 2, y - smile / 2), (w, y + smile)]
    strokes.append(hand.open(np.array(mouth)))
    if hand.adds(0.3):
        y, tilt = high * 0.24, 0.05 * hand.rng.normal()
        strokes.extend(
            np.array([(side * 0.25, y + tilt), (side * 0.09, y - tilt)]) for side in (-1.0, 1.0)
        )
    if hand.adds(0.35):
        for side in (-1.0, 1.0):
            x = side * wide * 0.49
            ear = [(x, 0.1), (x + side * 0.1, 0.08), (x + side * 0.08, -0.08), (x, -0.08)]
            strokes.append(hand.open(np.array(ear)))
    if hand.adds(0.35):
        strokes.extend(_hair(hand, wide, high))
    return strokes


def _hair(hand: Hand, wide: float, high: float) -> list[Points]:
    n = int(hand.rng.integers(3, 6))
    x = np.linspace(-0.3, 0.3, n) * wide
    roots = high * np.sqrt(np.maximum(0.0, 0.25 - (x / wide) ** 2)) * 0.96
    if hand.joins():  # a fringe: up and down in one stroke
        xs = np.linspace(x[0], x[-1], 2 * n - 1)
        ys = np.interp(xs, x, roots) + np.where(np.arange(len(xs)) % 2, 0.14, 0.0)
        return [hand.open(np.stack([xs, ys], axis=1))]
    length = hand.near(0.15)
    return [np.array([(a, b), (1.25 * a, b + length)]) for a, b in zip(x, roots, strict=True)]


def _fish(hand: Hand) -> list[Points]:
    """A body, a tail and an eye; gills, fins, a mouth, bubbles."""
    long, high = hand.near(0.72, 0.06), hand.near(0.42)
    tail, spread = hand.near(0.26), hand.near(0.34)
    end = long / 2
    corners = [(-end, 0.0), (-end * 0.4, -high / 2), (end * 0.3, -high / 2)]
    back = [(end * 0.3, high / 2), (-end * 0.4, high / 2)]
    fin = [(end, -0.03), (end + tail, -spread / 2), (end + tail * 0.7, 0.0)]
    fin += [(end + tail, spread / 2), (end, 0.03)]
    if hand.joins():
        strokes = [hand.closed(np.array([*corners, *fin, *back]))]
    else:
        strokes = [hand.closed(np.array([*corners, (end, 0.0), *back])), hand.closed(np.array(fin))]
    if hand.haste > 0.8:  # noqa: PLR2004 - hands differ
        eye = np.array([(-end * 0.58, 0.09), (-end * 0.58, 0.03)])
    else:
        eye = hand.closed(circle((-end * 0.58, 0.06), hand.near(0.08)))
    strokes.append(eye)
    if hand.adds(0.5):
        gills = [(-end * 0.3, high * 0.28), (-end * 0.15, 0.0), (-end * 0.3, -high * 0.28)]
        strokes.append(hand.open(np.array(gills)))
    if hand.adds(0.5):
        top = [(-0.08, high / 2), (0.06, high / 2 + hand.near(0.16)), (0.16, high * 0.45)]
        strokes.append(hand.open(np.array(top)))
    if hand.adds(0.35):
        low = [(-0.04, -high / 2), (0.08, -high / 2 - hand.near(0.13)), (0.12, -high * 0.46)]
        strokes.append(hand.open(np.array(low)))
    if hand.adds(0.35):
        strokes.append(hand.open(np.array([(-end * 0.96, -0.03), (-end * 0.7, -0.07)])))
    if hand.adds(0.25):
        for i in range(int(hand.rng.integers(1, 4))):
            centre = (-end - 0.08 - 0.02 * i, 0.12 + 0.12 * i)
            strokes.append(hand.closed(circle(centre, hand.near(0.06))))
    return strokes


def _flower(hand: Hand) -> list[Points]:
    """A middle, petals and a stalk; leaves, ground."""
    middle, petal = hand.near(0.2), hand.near(0.24)
    centre = (0.0, 0.3)
    strokes = [hand.closed(circle(centre, middle))]
    n = int(hand.rng.integers(4, 8))
    angles = np.pi / 2 + 2 * np.pi * (np.arange(n) + 0.3 * hand.rng.normal()) / n
    if hand.joins():
        strokes.append(_blossom(hand, centre, middle / 2, petal, angles))
    else:
        strokes.extend(_petal(hand, centre, middle / 2, petal, angle, n) for angle in angles)
    length, sway = hand.near(0.6, 0.1), 0.08 * hand.rng.normal()
    top = centre[1] - middle / 2 - (petal if hand.joins() else 0.0)
    foot = (sway, top - length)
    strokes.append(hand.open(np.array([(0.0, top), (sway * 0.1, top - length / 2), foot])))
    strokes.extend(
        _leaf(hand, side, (sway * 0.4, top - length * hand.near(0.65)))
        for side in (-1.0, 1.0)
        if hand.adds(0.5)
    )
    if hand.adds(0.2):
        strokes.append(np.array([(foot[0] - 0.25, foot[1]), (foot[0] + 0.25, foot[1])]))
    return strokes


def _blossom(
    hand: Hand, centre: tuple[float, float], inner: float, petal: float, angles: Points
) -> Points:
    """All petals in one stroke: out and in again around the middle."""
    half = np.pi / len(angles)
    corners = []
    for angle in angles:
        for turn, radius in ((-half, inner * 1.3), (-half * 0.5, inner + petal)):
            corners.append((angle + turn, radius))
        corners.append((angle + half * 0.5, inner + petal))
    turns, radii = np.array(corners).T
    around = np.stack([np.cos(turns), np.sin(turns)], axis=1) * radii[:, None]
    return hand.closed(np.array(centre) + around)


def _petal(  # noqa: PLR0917 - a place among others
    hand: Hand, centre: tuple[float, float], inner: float, petal: float, angle: float, n: int
) -> Points:
    out = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-out[1], out[0]]) * min(0.5 * petal, 0.9 * np.pi * inner / n * 1.8)
    base = np.array(centre) + out * inner
    corners = [base - across * 0.3, base + out * petal * 0.6 - across, base + out * petal]
    corners += [base + out * petal * 0.6 + across, base + across * 0.3]
    return hand.open(np.array(corners))


def _leaf(hand: Hand, side: float, root: tuple[float, float]) -> Points:
    long, wide = hand.near(0.26), hand.near(0.1)
    x, y = root
    tip = (x + side * long, y + 0.14)
    return hand.closed(
        np.array([root, (x + side * long * 0.5, y), tip, (x + side * long * 0.4, y + 0.08 + wide)])
    )


def _house(hand: Hand) -> list[Points]:
    """Walls, a roof and a door; windows, a chimney, smoke."""
    wide, high = hand.near(0.8, 0.08), hand.near(0.5)
    gable, eaves = hand.near(0.34), abs(hand.rng.normal(0.0, 0.06))
    left, right = -wide / 2, wide / 2
    if hand.joins():
        walls = [(left, high), (left, 0.0), (right, 0.0), (right, high), (0.0, high + gable)]
        strokes = [hand.closed(np.array(walls))]
        if hand.adds(0.6):
            strokes.append(np.array([(left, high), (right, high)]))
    else:
        walls = [(left, high), (left, 0.0), (right, 0.0), (right, high)]
        roof = [(0.0, high + gable), (left - eaves, high), (right + eaves, high)]
        strokes = [hand.closed(np.array(walls)), hand.closed(np.array(roof))]
    x, w, h = hand.rng.uniform(-0.12, 0.12), hand.near(0.16), hand.near(0.28)
    door = [(x - w / 2, 0.0), (x - w / 2, h), (x + w / 2, h), (x + w / 2, 0.0)]
    strokes.append(hand.open(np.array(door)))
    if hand.adds(0.25):
        strokes.append(hand.closed(circle((x + w * 0.28, h * 0.5), 0.035)))
    for side in (-1.0, 1.0):
        if hand.adds(0.55):
            strokes.extend(_window(hand, (side * wide * 0.31, high * 0.66), hand.near(0.15)))
    if hand.adds(0.45):
        strokes.extend(_chimney(hand, right * 0.55, high + gable * 0.45))
    return strokes


def _window(hand: Hand, centre: tuple[float, float], size: float) -> list[Points]:
    strokes = [hand.closed(_box(centre, size))]
    if hand.adds(0.3):
        x, y = centre
        strokes.append(np.array([(x, y + size / 2), (x, y - size / 2)]))
        strokes.append(np.array([(x - size / 2, y), (x + size / 2, y)]))
    return strokes


def _chimney(hand: Hand, x: float, y: float) -> list[Points]:
    w, h = hand.near(0.1), hand.near(0.22)
    stack = [(x - w / 2, y + 0.04), (x - w / 2, y + h), (x + w / 2, y + h), (x + w / 2, y - 0.06)]
    strokes = [hand.open(np.array(stack))]
    if hand.adds(0.35):
        up = np.linspace(0.04, 0.26, 5)
        drift = np.where(np.arange(5) % 2, 0.05, -0.02) + up * 0.3
        strokes.append(hand.open(np.stack([x + drift, y + h + up], axis=1), extra=0.2))
    return strokes


THINGS: Final[dict[str, Callable[[Hand], list[Points]]]] = {
    "boat": _boat,
    "cat": _cat,
    "face": _face,
    "fish": _fish,
    "flower": _flower,
    "house": _house,
}
"""From the name of a kind to how it is drawn."""
