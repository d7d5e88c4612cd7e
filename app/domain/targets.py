"""The accounts a setting names: by id, by name or by platform, with commas between. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.domain.post import AccountId

Known = Mapping[AccountId, Collection[str]]
"""Accounts, with what else each is meant by: its platform and its name."""


def read_targets(text: str) -> tuple[AccountId, ...]:
    """What a setting names, each once."""
    names = (one.strip() for one in text.split(","))
    return tuple(dict.fromkeys(AccountId(one) for one in names if one))


def written(targets: Collection[str]) -> str:
    """The setting that names these, each once."""
    return ", ".join(dict.fromkeys(targets))


def meant(told: str, known: Known) -> list[AccountId]:
    """An account by its id, else all of that name or platform; empty when there is none."""
    if told in known:
        return [AccountId(told)]
    word = told.casefold()
    return [one for one, names in known.items() if word in [name.casefold() for name in names]]


def switched(text: str, account: AccountId, known: Known, *, on: bool) -> str:
    """The setting with an account more or less.

    A name that meant others beside it gives way to their ids: they stay.
    """
    kept: list[AccountId] = []
    there = False
    for told in read_targets(text):
        found = meant(told, known)
        there = there or account in found
        if on or account not in found:
            kept.append(told)
        else:
            kept.extend(one for one in found if one != account)
    return written([*kept, account] if on and not there else kept)


def without(text: str, told: str) -> str:
    """The setting without one of the names it holds."""
    return written([one for one in read_targets(text) if one != told])
