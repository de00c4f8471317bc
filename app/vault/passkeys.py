"""Passkeys (WebAuthn): what a browser is asked, and whether its answer proves the key.

Answers come from outside and are hostile until proven: whatever is wrong with one, it is refused in
one and the same way.
"""

import json
from dataclasses import dataclass

import webauthn
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

_MOST_CHARACTERS = 20_000


class PasskeyRefused(Exception):
    """An answer that proves nothing."""


@dataclass(frozen=True)
class Party:
    """The site a passkey belongs to: its host, and its address as a browser names it."""

    host: str
    origin: str


@dataclass(frozen=True)
class Question:
    """What the browser is asked, as JSON, and the challenge that its answer must carry."""

    options: str
    challenge: bytes


@dataclass(frozen=True)
class NewPasskey:
    """A passkey's public half, just proven."""

    credential_id: bytes
    public: bytes
    sign_count: int


def ask_for_new(party: Party, member_id: str, name: str, known: tuple[bytes, ...]) -> Question:
    """A passkey that the device need not list: it only stands beside the passphrase."""
    options = webauthn.generate_registration_options(
        rp_id=party.host,
        rp_name="Heard",
        user_id=bytes.fromhex(member_id),
        user_name=name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return Question(webauthn.options_to_json(options), options.challenge)


def ask_for_known(party: Party, known: tuple[bytes, ...]) -> Question:
    """A proof by one of the passkeys that are known."""
    options = webauthn.generate_authentication_options(
        rp_id=party.host,
        allow_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return Question(webauthn.options_to_json(options), options.challenge)


def read_new(party: Party, challenge: bytes, answer: str) -> NewPasskey:
    """Raises PasskeyRefused."""
    try:
        read = webauthn.verify_registration_response(
            credential=_record(answer),
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
        )
    except Exception as error:  # the library raises many kinds for what is malformed
        raise PasskeyRefused from error
    return NewPasskey(read.credential_id, read.credential_public_key, read.sign_count)


def credential_in(answer: str) -> bytes:
    """Which passkey an answer claims to come from. Raises PasskeyRefused."""
    try:
        return base64url_to_bytes(str(_record(answer)["id"]))
    except (KeyError, ValueError) as error:
        raise PasskeyRefused from error


def read_proof(party: Party, challenge: bytes, answer: str, public: bytes, sign_count: int) -> int:
    """The passkey's new counter. Raises PasskeyRefused, also for a counter that did not move on."""
    try:
        read = webauthn.verify_authentication_response(
            credential=_record(answer),
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=public,
            credential_current_sign_count=sign_count,
        )
    except Exception as error:  # the library raises many kinds for what is malformed
        raise PasskeyRefused from error
    return read.new_sign_count


def _record(answer: str) -> dict[str, object]:
    """Raises PasskeyRefused."""
    try:
        read = json.loads(answer[:_MOST_CHARACTERS])
    except (ValueError, RecursionError) as error:
        raise PasskeyRefused from error
    if not isinstance(read, dict):
        raise PasskeyRefused
    return read
