from __future__ import annotations

import copy
import pickle

import pytest

from midime_engine import errors

KINDS = [getattr(errors, name) for name in errors.__all__]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_caught_as_a_midime_error_and_keeps_its_cure(kind) -> None:
    """A page catches one class and always has a remedy to show."""
    error = kind("The file is empty.", remedy="Choose another.")
    assert isinstance(error, errors.MidimeError)
    assert (str(error), error.remedy) == ("The file is empty.", "Choose another.")


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_a_trip_between_processes(kind) -> None:
    """A remedy is not lost on the way back from a worker."""
    error = kind("What.", remedy="Cure.")
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 - our own bytes
        assert (type(twin), str(twin), twin.remedy) == (kind, "What.", "Cure.")


def test_an_error_without_a_remedy_cannot_be_raised() -> None:
    """Nobody forgets the cure."""
    with pytest.raises(TypeError):
        errors.MidimeError("What.")


def test_a_mismatch_is_a_checkpoint_error() -> None:
    """Who can do nothing about either catches the wider one."""
    assert issubclass(errors.CheckpointMismatchError, errors.CheckpointError)


def test_an_expression_error_says_and_keeps_its_column() -> None:
    """A form can point at the fault, also when another process has found it."""
    error = errors.ExpressionError.at(7, "there is no such feature.", remedy="Write another.")
    assert str(error) == "Column 7: there is no such feature."
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (twin.column, str(twin), twin.remedy) == (7, str(error), error.remedy)
