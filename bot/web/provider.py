"""Signing in through the municipality's own provider: OpenID Connect, authorisation code with PKCE.

What has to be remembered while somebody is away at the provider travels in a signed cookie of ten minutes. Pages may
only post to ourselves (form-action), and Chromium counts redirects too: hence a link leads there, not a form.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.domain.accounts import AccountRole, Identity
from bot.services.errors import SignInRefused
from bot.services.sign_in import sign_in_with_identity
from bot.settings import OidcSettings
from bot.web.cookies import drop_errand, errand_of, set_errand, set_session
from bot.web.site import Site
from bot.web.visit import Visit

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS: Final = 10
ERRAND_SECONDS: Final = 600
CLOCK_SLACK_SECONDS: Final = 60
SIGNATURES: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""With a key pair only: a secret that we share with the provider signs nothing, and 'none' is no signature."""
NOT_NOW: Final = "Inloggen met je werkaccount lukt nu niet. Probeer het over een paar minuten opnieuw."
NO_ROLE: Final = (
    "Je werkaccount heeft geen toegang tot Dialoogcoach. Vraag de beheerder om je aan de goede groep toe te voegen."
)
AGAIN: Final = "Het inloggen duurde te lang of begon in een ander venster. Probeer het opnieuw."


@dataclass(frozen=True)
class Endpoints:
    """What the provider says about itself."""

    authorization: str
    token: str
    keys: str


def leave(visit: Visit) -> Response:
    """GET /inloggen/werkaccount: to the provider, with what must come back from there."""
    oidc, site = _settings(visit), visit.site
    try:
        endpoints = _endpoints(oidc)
    except (httpx.HTTPError, KeyError, ValueError) as error:
        logger.error("The OIDC provider at %s cannot be used: %s", oidc.issuer, type(error).__name__)
        raise SignInRefused(NOT_NOW) from error
    errand: dict[str, str | int] = {
        "state": secrets.token_urlsafe(24),
        "nonce": secrets.token_urlsafe(24),
        "verifier": secrets.token_urlsafe(48),
        "until": int(site.now().timestamp()) + ERRAND_SECONDS,
    }
    with _client(site, oidc) as client:
        address, _ = client.create_authorization_url(
            endpoints.authorization,
            state=errand["state"],
            nonce=errand["nonce"],
            code_challenge=_challenge(str(errand["verifier"])),
            code_challenge_method="S256",
        )
    response = RedirectResponse(address, status_code=303)
    set_errand(response, site, _sealed(site, errand), ERRAND_SECONDS)
    return response


def come_back(visit: Visit) -> Response:
    """GET /inloggen/werkaccount/terug: with a code from the provider."""
    oidc, site = _settings(visit), visit.site
    errand = _opened(site, errand_of(visit.request, site))
    state = visit.query.get("state", "")
    if errand is None or not hmac.compare_digest(state.encode(), str(errand["state"]).encode()):
        raise SignInRefused(AGAIN)
    if "code" not in visit.query:
        raise SignInRefused("Je werkaccount gaf geen toestemming om in te loggen.")
    identity = identity_of(_claims(site, oidc, visit.query["code"], errand), oidc)
    session = sign_in_with_identity(site.store, identity, now=visit.now, hours=site.settings.session_hours)
    response = RedirectResponse("/", status_code=303)
    set_session(response, site, session.token)
    drop_errand(response, site)
    return response


def identity_of(claims: Mapping[str, Any], oidc: OidcSettings) -> Identity:
    """Who these claims speak of. Raises SignInRefused without a role or a usable e-mail address."""
    role = _role(claims.get(oidc.role_claim), oidc)
    if role is None:
        raise SignInRefused(NO_ROLE)
    email = str(claims.get("email") or "").strip().lower()
    if "@" not in email or len(email) > 254 or claims.get("email_verified") is False:
        raise SignInRefused("Je werkaccount geeft geen gecontroleerd e-mailadres door. Vraag de beheerder om hulp.")
    subject = hashlib.sha256(f"{oidc.issuer}\n{claims['sub']}".encode()).hexdigest()
    name = " ".join(str(claims.get("name") or email.partition("@")[0]).split())[:100]
    return Identity(subject, name, email, role)


def _role(claim: Any, oidc: OidcSettings) -> AccountRole | None:
    """The highest role that one of the groups gives; a claim with one group may be a bare text."""
    groups = {str(each) for each in claim} if isinstance(claim, list) else {str(claim)}
    return next((role for role in reversed(AccountRole) if oidc.groups.get(role.value) in groups), None)


def _claims(site: Site, oidc: OidcSettings, code: str, errand: Mapping[str, Any]) -> Mapping[str, Any]:
    """The ID token's claims, signature, issuer, audience, time and nonce checked."""
    try:
        endpoints = _endpoints(oidc)
        with _client(site, oidc) as client:
            token = client.fetch_token(endpoints.token, code=code, code_verifier=errand["verifier"])
        keys = KeySet.import_key_set(httpx.get(endpoints.keys, timeout=TIMEOUT_SECONDS).raise_for_status().json())
        decoded = jwt.decode(token["id_token"], keys, algorithms=SIGNATURES)
        jwt.JWTClaimsRegistry(
            now=int(site.now().timestamp()),
            leeway=CLOCK_SLACK_SECONDS,
            iss={"essential": True, "value": oidc.issuer},
            aud={"essential": True, "value": oidc.client_id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": errand["nonce"]},
        ).validate(decoded.claims)
    except (httpx.HTTPError, OAuthError, JoseError, KeyError, TypeError, ValueError) as error:
        # The kind of error only: the rest may hold tokens.
        logger.error("Signing in through %s failed: %s", oidc.issuer, type(error).__name__)
        raise SignInRefused(NOT_NOW) from error
    claims: Mapping[str, Any] = decoded.claims
    return claims


def _settings(visit: Visit) -> OidcSettings:
    oidc = visit.site.settings.oidc
    if oidc is None:
        raise HTTPException(404)
    return oidc


def _endpoints(oidc: OidcSettings) -> Endpoints:
    """Asked each time: signing in is rare, and a provider may change its keys and addresses."""
    found = httpx.get(f"{oidc.issuer}/.well-known/openid-configuration", timeout=TIMEOUT_SECONDS)
    about = found.raise_for_status().json()
    if str(about["issuer"]).rstrip("/") != oidc.issuer:
        raise ValueError("the provider calls itself otherwise than OIDC_ISSUER does")
    return Endpoints(about["authorization_endpoint"], about["token_endpoint"], about["jwks_uri"])


def _client(site: Site, oidc: OidcSettings) -> OAuth2Client:
    return OAuth2Client(
        oidc.client_id,
        oidc.client_secret,
        scope="openid email profile",
        redirect_uri=f"{site.settings.public_url}/inloggen/werkaccount/terug",
        timeout=TIMEOUT_SECONDS,
    )


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _sealed(site: Site, errand: Mapping[str, str | int]) -> str:
    text = base64.urlsafe_b64encode(json.dumps(errand).encode()).decode()
    return f"{text}.{site.sign('errand', text)}"


def _opened(site: Site, sealed: str) -> Mapping[str, Any] | None:
    """The errand again; None when it is not ours or too old."""
    text, _, signature = sealed.partition(".")
    if not text or not hmac.compare_digest(signature.encode(), site.sign("errand", text).encode()):
        return None
    errand: Mapping[str, Any] = json.loads(base64.urlsafe_b64decode(text))
    return errand if errand["until"] >= site.now().timestamp() else None
