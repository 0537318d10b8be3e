"""Owners are known by digests alone."""

from __future__ import annotations

import pytest

from midime_engine.errors import LibraryError
from midime_engine.library import Owner, secret


def test_the_same_secret_is_the_same_owner_and_is_not_stored() -> None:
    """The digest does not give the secret away."""
    word = secret()
    assert Owner.by_secret(word) == Owner.by_secret(word)
    assert Owner.by_secret(word) != Owner.by_secret(secret())
    assert word not in Owner.by_secret(word).digest


def test_logins_of_different_issuers_are_different_owners() -> None:
    """Also where their texts run together to the same."""
    owners = {
        Owner.by_login(issuer="https://a", subject="1"),
        Owner.by_login(issuer="https://b", subject="1"),
        Owner.by_login(issuer='https://a", "', subject="1"),
    }
    assert len(owners) == 3


@pytest.mark.parametrize("text", ["", "short", "../../../etc/passwd", "x" * 44])
def test_a_broken_link_is_explained(text: str) -> None:
    """It says to copy the whole of it."""
    with pytest.raises(LibraryError) as caught:
        Owner.by_secret(text)
    assert "whole link" in caught.value.remedy


def test_a_login_without_subject_is_a_mistake_of_ours() -> None:
    """All visitors would be one owner."""
    with pytest.raises(ValueError, match="subject"):
        Owner.by_login(issuer="https://a", subject="")
