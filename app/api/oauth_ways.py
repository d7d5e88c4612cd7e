"""How a platform signs people in, as data: addresses, scopes, proofs. Pure."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.api.publishing import Doorway


class Challenge(StrEnum):
    """How the proof that the same program asks twice (PKCE) is put."""

    S256 = "s256"
    HEX = "hex"  # the SHA-256 in hex digits: TikTok's for desktops
    NONE = "none"


class ClientProof(StrEnum):
    """How the owner's app proves itself to the token address."""

    BODY = "body"
    BASIC = "basic"  # a header; the secret may be empty
    PUBLIC = "public"  # it has no secret


class Renewal(StrEnum):
    """How an access is renewed."""

    REFRESH = "refresh"
    EXCHANGE = "exchange"  # the access itself for a longer one: Meta's fb_exchange_token
    NONE = "none"


@dataclass(frozen=True, slots=True)
class OAuthWays:
    """How a platform signs people in.

    `lifetime` is how many seconds a refresh lives (of EXCHANGE: an access) where the platform
    does not say, `needed` the scopes without which a sign-in is of no use.
    """

    name: str
    authorize: str
    token: str
    scopes: tuple[str, ...]
    separator: str = " "
    client_field: str = "client_id"
    challenge: Challenge = Challenge.S256
    proof: ClientProof = ClientProof.BODY
    extra: Mapping[str, str] = field(default_factory=dict)
    doorway: Doorway = Doorway()
    renewal: Renewal = Renewal.REFRESH
    revoke: str = ""
    lifetime: float | None = None
    needed: tuple[str, ...] = ()


def challenge_of(kind: Challenge, verifier: str) -> dict[str, str]:
    """Return what the page is asked with, so that only who knows the verifier may go on."""
    if kind is Challenge.NONE:
        return {}
    digest = hashlib.sha256(verifier.encode())
    told = digest.hexdigest()
    if kind is Challenge.S256:
        told = base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")
    return {"code_challenge": told, "code_challenge_method": "S256"}
