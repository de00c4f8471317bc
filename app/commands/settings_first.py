"""Every command begins with checked settings, and ends in words when something refuses."""

import sys
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

import click

from app.casework.errors import CaseworkError, KeyNotTrusted
from app.casework.kit import Kit
from app.persistence.schema import is_current
from app.settings import Settings, SettingsError

_WORDS = {
    "already_founded": "There is a hotline in this database already. Nothing was changed.",
    "busy": "Too many people are waiting. Nothing was changed: try again in a few seconds.",
    "not_allowed": "This is not possible for this person. Nothing was changed.",
    "not_found": "There is no such person. Nothing was changed.",
    "sign_in_taken": "A sign-in name is empty, or somebody has it already. Nothing was changed.",
    "stale": "Somebody else was faster, or the team key was rotated. Nothing was changed: start again.",
    "other_recovery_key": "These shares fit each other, but they belong to another recovery key.",
    "under_way": "A rotation is prepared or under way already: see `heard rotate status`.",
    "nothing_prepared": "Nothing is prepared: `heard rotate prepare` comes first.",
    "not_pinned": "The prepared key's fingerprint is not in HEARD_TEAM_FINGERPRINT. Nothing was changed.",
    "second_person": "HEARD_TWO_PERSON asks for a second caseworker. Nothing was changed.",
}


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Hand a command the parts and the checked settings, or end with one line per fault (exit code 2).

    What a verb refuses ends it too, with a sentence (exit code 1).
    """
    return _checked(command, is_founding=False)


def with_founding_settings(command: Callable[..., None]) -> Callable[..., None]:
    """The same for `heard init`: there is no team key yet whose fingerprint could be pinned."""
    return _checked(command, is_founding=True)


def _checked(command: Callable[..., None], is_founding: bool) -> Callable[..., None]:
    @click.pass_obj
    def checked(parts: Any, /, **options: Any) -> None:
        try:
            settings = parts.read_settings(is_founding=is_founding)
        except SettingsError as error:
            for fault in error.faults:
                click.echo(fault, err=True)
            sys.exit(2)
        try:
            command(parts, settings, **options)
        except CaseworkError as error:
            click.echo(words_for(error), err=True)
            sys.exit(1)

    return update_wrapper(checked, command)


def words_for(error: CaseworkError) -> str:
    if isinstance(error, KeyNotTrusted):
        return (
            f"STOP. The {error.what or 'team key'} in the database is not the one that was pinned or vouched "
            "for: somebody may have changed it. Nothing was changed now. Find out before you go on."
        )
    return _WORDS.get(error.code, error.code)


def open_kit(parts: Any, settings: Settings) -> Kit:
    """The kit over a database of this program's schema, without core dumps; or an end (exit code 1)."""
    parts.no_core_dumps()
    kit: Kit = parts.make_kit(settings)
    if not is_current(kit.database):
        click.echo("database: run `heard migrate`", err=True)
        sys.exit(1)
    return kit
