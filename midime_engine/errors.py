"""What the engine raises on purpose.

Every error says what happened and, in ``remedy``, what to do about it. Programming mistakes
raise :class:`ValueError`; whatever a user can cause raises a :class:`MidimeError`, and only that
is caught at the page and on the command line.

::

    MidimeError
      + MidiReadError            the bytes are not a MIDI file that we can or dare to read
      + NoUsableTrackError       the file is valid, but it has not the parts that are needed
      + UnknownModelError        no model is registered under that name
      + CheckpointError          weights cannot be read
          + CheckpointMismatchError  weights do not fit the network
      + DownloadError            a published checkpoint cannot be fetched
      + MidiMeFileError          a saved MidiMe cannot be read
      + ConstraintFileError      a saved constraint cannot be read
      + LibraryError             what is saved cannot be saved, found or opened
          + ShareError               a share link opens nothing
      + SynthesisError           sound cannot be made or encoded
      + RuleError                a rule that music shall keep cannot be understood
          + ExpressionError          a rule of one's own has a fault at a column
      + RatingError              nothing can be learnt from the ratings
      + OptionError              a setting is out of range
      + TrainingError            training cannot go on (too little data, loss not finite)
"""

from __future__ import annotations

__all__ = [
    "CheckpointError",
    "CheckpointMismatchError",
    "ConstraintFileError",
    "DownloadError",
    "ExpressionError",
    "LibraryError",
    "MidiMeFileError",
    "MidiReadError",
    "MidimeError",
    "NoUsableTrackError",
    "OptionError",
    "RatingError",
    "RuleError",
    "ShareError",
    "SynthesisError",
    "TrainingError",
    "UnknownModelError",
]


class MidimeError(Exception):
    """Base class: the widest thing that a page or the command line may catch."""

    def __init__(self, what: str, *, remedy: str) -> None:
        """Keep ``what`` happened and the ``remedy``, each one or two sentences."""
        super().__init__(what)
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        """Survive a trip between processes although ``remedy`` is keyword-only."""
        return _rebuild, (type(self), str(self), self.remedy)


def _rebuild(kind: type[MidimeError], what: str, remedy: str) -> MidimeError:
    return kind(what, remedy=remedy)


class MidiReadError(MidimeError):
    """The bytes are not a MIDI file that we can, or dare to, read."""


class NoUsableTrackError(MidimeError):
    """The file is valid music, but the parts that are needed cannot be taken from it."""


class UnknownModelError(MidimeError):
    """No model is registered under that name."""


class CheckpointError(MidimeError):
    """Weights cannot be read."""


class CheckpointMismatchError(CheckpointError):
    """A checkpoint does not hold exactly the variables that the network declares."""


class DownloadError(MidimeError):
    """A published checkpoint cannot be fetched, or is not what it should be."""


class MidiMeFileError(MidimeError):
    """A saved MidiMe cannot be read."""


class ConstraintFileError(MidimeError):
    """A saved constraint cannot be read."""


class LibraryError(MidimeError):
    """Something cannot be saved, found or opened in the library."""


class ShareError(LibraryError):
    """A share link opens nothing."""


class SynthesisError(MidimeError):
    """Sound cannot be made or encoded."""


class RuleError(MidimeError):
    """A rule that music shall keep cannot be understood, or is asked for what it has not."""


class ExpressionError(RuleError):
    """A rule of one's own has a fault."""

    column: int = 1
    """Where in the text, counted from 1."""

    @classmethod
    def at(cls, column: int, what: str, *, remedy: str) -> ExpressionError:
        """An error that says and knows its ``column``."""
        error = cls(f"Column {column}: {what}", remedy=remedy)
        error.column = column
        return error

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the column on a trip between processes."""
        return (*super().__reduce__(), {"column": self.column})


class RatingError(MidimeError):
    """Nothing can be learnt from the ratings."""


class OptionError(MidimeError):
    """A setting is out of its range."""


class TrainingError(MidimeError):
    """Training cannot start or cannot go on."""
