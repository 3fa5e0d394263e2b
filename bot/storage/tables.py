"""Every table. A change here needs a migration; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.types import JsonText, UtcDateTime

# Names for constraints that the databases would otherwise each make up: migrations refer to them.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id(name: str = "id") -> Column:
    return Column(name, Integer, primary_key=True, autoincrement=True)


def _account(name: str) -> Column:
    return Column(name, Integer, ForeignKey("accounts.id"), nullable=True)


accounts = Table(
    "accounts",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("email", String(254), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("signed_in_at", UtcDateTime),
    Column("password", String(200)),  # argon2id, with its own salt and parameters
    Column("subject", String(64), unique=True, index=True),  # SHA-256 of the OIDC provider and its name for them
    Column("closed_at", UtcDateTime),
    sqlite_autoincrement=True,  # an id in the audit log never comes to mean somebody else
)

login_links = Table(
    "login_links",
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the token
    Column("account_id", Integer, ForeignKey("accounts.id"), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("means", String(10), nullable=False, server_default="link"),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    _id(),
    Column("key", String(64), nullable=False),  # SHA-256 of an address or account: whose, nobody reads here
    Column("at", UtcDateTime, nullable=False),
    Index("ix_sign_in_attempts_key_at", "key", "at"),
)

clusters = Table(
    "clusters",
    metadata,
    _id(),
    Column("title", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("topic", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    _account("claimed_by"),
    Column("label", String(20)),
    Column("dismissed_because", Text, nullable=False),
    Column("follow_up", String(20)),
    Index("ix_clusters_state_kind", "state", "kind"),
    sqlite_autoincrement=True,
)

faq_entries = Table(
    "faq_entries",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("topic", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("type", String(80)),
    Column("state", String(20), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("published_on", Date),
    Column("review_by", Date),
    Column("source", Text, nullable=False),
)

faq_versions = Table(
    "faq_versions",
    metadata,
    Column("entry_id", String(60), ForeignKey("faq_entries.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("texts", JsonText, nullable=False),  # the entry as it was, without phrasings
    _account("account_id"),
    Column("saved_at", UtcDateTime, nullable=False),
)

questions = Table(
    "questions",
    metadata,
    _id("number"),
    Column("text", Text, nullable=False),
    Column("words", Text, nullable=False),  # same_words(text), for searching
    Column("words_digest", String(64), nullable=False),  # its SHA-256: an index entry has a limited length
    Column("kind", String(20), nullable=False),
    Column("topic", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", String(20), nullable=False),
    Column("conversation", String(200), nullable=False, index=True),
    Column("message_id", String(80)),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("cluster_id", Integer, ForeignKey("clusters.id"), nullable=False, index=True),
    Column("emotion", Boolean, nullable=False),
    Column("wants_notice", Boolean),
    Column("answered_by", String(60), ForeignKey("faq_entries.id"), index=True),
    Column("answered_at", UtcDateTime),
    Column("embedding", LargeBinary),
    Index("ix_questions_words_digest", "words_digest"),
    sqlite_autoincrement=True,  # a number that a resident was told is never given to another question
)

faq_phrasings = Table(
    "faq_phrasings",
    metadata,
    _id(),
    Column("entry_id", String(60), ForeignKey("faq_entries.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("words_digest", String(64), nullable=False),
    Column("question_number", Integer, ForeignKey("questions.number")),
    Column("linked_at", UtcDateTime, nullable=False),
    UniqueConstraint("entry_id", "words_digest"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Integer, nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of model and text
    Column("vector", LargeBinary, nullable=False),
)

contacts = Table(
    "contacts",
    metadata,
    Column("conversation", String(200), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("conversation", String(200), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)

telegram_updates = Table(
    "telegram_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),
    Column("payload", JsonText, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", UtcDateTime),
    Column("error", Text, nullable=False),
    Index("ix_telegram_updates_state_chat_id", "state", "chat_id"),
)

outgoing = Table(
    "outgoing",
    metadata,
    _id(),
    Column("kind", String(20), nullable=False),
    Column("conversation", String(200), nullable=False, index=True),
    Column("chat_id", BigInteger),
    Column("body", JsonText, nullable=False),
    Column("dedupe_key", String(400), nullable=False, unique=True),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("not_before", UtcDateTime),
    Column("leased_until", UtcDateTime),
    Column("sent_at", UtcDateTime),
    Column("last_error", Text, nullable=False),
    Column("cluster_id", Integer, ForeignKey("clusters.id"), index=True),
    Column("question_number", Integer, ForeignKey("questions.number")),
    # What a chat still has to get: looked up for every message that might go out.
    Index("ix_outgoing_chat_id_state", "chat_id", "state"),
    Index("ix_outgoing_state_kind_id", "state", "kind", "id"),
    sqlite_autoincrement=True,
)

follow_ups = Table(
    "follow_ups",
    metadata,
    _id(),
    Column("cluster_id", Integer, ForeignKey("clusters.id"), nullable=False, index=True),
    Column("step", String(20), nullable=False),
    Column("text", Text, nullable=False),  # what the askers were told; '' for a step without a message
    _account("account_id"),
    Column("at", UtcDateTime, nullable=False),
    Column("notices", Integer, nullable=False),
)

reply_wishes = Table(
    "reply_wishes",
    metadata,
    _id(),
    Column("question_number", Integer, ForeignKey("questions.number"), nullable=False),
    Column("means", String(10), nullable=False),
    Column("address", Text, nullable=False),  # an e-mail address or telephone number; '' once it was used
    Column("name", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    _account("done_by"),
    UniqueConstraint("question_number", "means"),
)

news = Table(
    "news",
    metadata,
    _id(),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("published_at", UtcDateTime),
    Column("saved_at", UtcDateTime, nullable=False),
    _account("account_id"),
    sqlite_autoincrement=True,
)

guide_gaps = Table(
    "guide_gaps",
    metadata,
    _id(),
    Column("text", Text, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256 of words, reason and entry
    Column("reason", String(20), nullable=False),
    Column("entry_id", String(80)),
    Column("times", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
)

talks = Table(
    "talks",
    metadata,
    _id("place"),  # the order in which talks began
    Column("id", String(32), nullable=False, unique=True),
    Column("conversation", String(200), nullable=False, index=True),
    Column("scenario", String(80), nullable=False),
    Column("seed", Integer, nullable=False),
    Column("opening", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("cues", Boolean, nullable=False),
    Column("goal", String(20), nullable=False, server_default="all"),
    Column("retry_of", String(32)),  # no foreign key: the older talk may be erased before this one
    Column("saved_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

talk_turns = Table(
    "talk_turns",
    metadata,
    Column("talk_id", String(32), ForeignKey("talks.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("turn", JsonText, nullable=False),
)

# What the organisation sees of practising. Nothing in these two leads back to a talk or to a person.
practice_counts = Table(
    "practice_counts",
    metadata,
    Column("month", Date, primary_key=True),  # its first day
    Column("scenario", String(80), primary_key=True),
    Column("talks", Integer, nullable=False),
)

coach_disputes = Table(
    "coach_disputes",
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of scenario, deed and words
    Column("scenario", String(80), nullable=False),
    Column("deed", String(40), nullable=False),
    Column("words", Text, nullable=False),  # '' unless the official shared them; masked
    Column("answered", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
)

audit_log = Table(
    "audit_log",
    metadata,
    _id(),
    Column("at", UtcDateTime, nullable=False),
    _account("account_id"),
    Column("action", String(40), nullable=False),
    Column("subject", String(80), nullable=False, index=True),
    Column("detail", JsonText, nullable=False),
)
