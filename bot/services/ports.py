"""What the use cases need from outside, as Protocols. `bot.storage` fulfils them; `bot.bootstrap` hands them over.

    with store.unit() as work:      # may write; nothing is kept without commit()
        work.questions.add(...)
        work.commit()
    with store.view() as work:      # reads one consistent picture, never waits for a writer
        return work.faq.published()

Datetimes are aware and in UTC. Repositories hand out domain dataclasses, and remember nothing between units.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from bot.domain.accounts import Account, AccountRole, Session
from bot.domain.audit import AuditRow
from bot.domain.faq import EntryState, FaqEntry, FaqVersion
from bot.domain.follow_up import FollowUp, Step
from bot.domain.gaps import GapReason, GuideGap
from bot.domain.incoming import Update, UpdateState
from bot.domain.news import NewsItem
from bot.domain.outgoing import Delivery, NewOutgoing, Outgoing, OutgoingKind
from bot.domain.questions import Cluster, ClusterOrder, ImpactLabel, Question, QuestionKind, QuestionState
from bot.domain.reply_wishes import ReplyMeans, ReplyWish
from bot.domain.understanding import Vector


class StoreUnavailable(Exception):
    """The database cannot be used now. The message names its address, without password, and the cure (English)."""


class Subject(str, Enum):
    """What one unit at a time may decide about; see `Unit.lock`."""

    QUESTIONS = "questions"  # questions and clusters
    ENTRIES = "entries"  # FAQ entries
    OUTGOING = "outgoing"  # which messages are taken, stopped or erased together
    ACCOUNTS = "accounts"


class Duty(str, Enum):
    """Work that one process at a time may do; see `SharedStore.take_duty`."""

    TELEGRAM = "telegram"  # answering and sending: Telegram's limits count for the bot, not for a process


@dataclass(frozen=True)
class NewQuestion:
    """A question that has no number yet.

    embedding: None when the message gave none.
    message_id: the channel's own id of the message, so that an edited message finds its question.
    """

    text: str
    kind: QuestionKind
    topic: str
    owner: str
    due_on: date
    conversation: str
    asked_at: datetime
    emotion: bool
    embedding: Vector | None = None
    message_id: str | None = None


@dataclass(frozen=True)
class ClusterFilter:
    """Which rows the desk shows; None or '' is 'all'. `search`: words that must stand in a question, in any order.

    due_from, due_until: the first and last promised day. claimed_by: id of the colleague who took it.
    """

    state: QuestionState | None = QuestionState.OPEN
    kind: QuestionKind | None = None
    owner: str | None = None
    topic: str | None = None
    search: str = ""
    order: ClusterOrder = ClusterOrder.DUE
    limit: int = 200
    due_from: date | None = None
    due_until: date | None = None
    claimed_by: int | None = None
    label: ImpactLabel | None = None


@dataclass(frozen=True)
class AuditFilter:
    """Which rows of the log are shown; None or '' is 'all'.

    area: what was changed, such as 'account' or 'entry'. before: only rows with a lower id, for the next page.
    """

    account_id: int | None = None
    area: str = ""
    before: int | None = None
    limit: int = 100


class QuestionRepository(Protocol):
    """Questions with their vectors. Numbers run from 1; one that was given out never comes back."""

    def add(self, new: NewQuestion, cluster_id: int) -> Question: ...

    def get(self, number: int) -> Question | None: ...

    def of_conversation(self, conversation: str) -> tuple[Question, ...]:
        """Oldest first."""

    def of_message(self, conversation: str, message_id: str) -> tuple[Question, ...]:
        """Oldest first; a message may have held several."""

    def without_vector(self, limit: int) -> tuple[Question, ...]:
        """Open questions that came in, or were reworded, where there was no embedder; oldest first."""

    def counts(self) -> Mapping[tuple[QuestionKind, QuestionState], int]: ...

    def late(self, today: date) -> int:
        """Open questions that were promised for an earlier day."""

    def since(self, moment: datetime) -> tuple[Question, ...]:
        """Asked or answered since then, and whatever is still open; in order of number."""

    def answered_with(self, entry_id: str) -> tuple[Question, ...]:
        """Every question this FAQ entry answered, oldest first."""

    def save(self, question: Question) -> None:
        """Write all fields of a question that exists."""

    def save_text(self, number: int, text: str, embedding: Vector | None) -> None: ...

    def forget_asker(self, conversation: str) -> tuple[Question, ...]:
        """Put a random name in the asker's place, withdraw their wish for a notice; return what remains."""


class ClusterRepository(Protocol):
    """Clusters come with their questions, in order of number."""

    def add(self, question: NewQuestion) -> int:
        """An empty, open cluster, titled and due as the question; its id."""

    def get(self, cluster_id: int) -> Cluster | None: ...

    def find(self, chosen: ClusterFilter) -> tuple[Cluster, ...]: ...

    def open_with_words(self, words: str, kind: QuestionKind, but: int | None = None) -> int | None:
        """The open cluster with the oldest question in these `same_words`; question number `but` is passed over."""

    def nearest_open(self, embedding: Vector, kind: QuestionKind, but: int | None = None) -> tuple[int, float] | None:
        """The open cluster with the nearest vector, and the cosine; question number `but` is passed over."""

    def dismissed_with_words(self, words: Collection[str]) -> tuple[int, ...]:
        """Dismissed clusters with a question in one of these `same_words`, newest first."""

    def near(self, cluster_id: int, limit: int) -> tuple[tuple[int, float], ...]:
        """Other open clusters of any kind with their nearest cosine to this one, nearest first."""

    def save(self, cluster: Cluster) -> None:
        """Write the cluster's own fields as they are, version included; its questions are saved on their own."""

    def remove(self, cluster_id: int, into: int | None = None) -> None:
        """Remove a cluster without questions. `into`: where its steps and messages go, None to let them go."""


class FaqRepository(Protocol):
    """FAQ entries, their history and their phrasings. Who changes what is published also calls `raise_revision`."""

    def revision(self) -> int: ...

    def raise_revision(self) -> int: ...

    def all(self, state: EntryState | None = None) -> tuple[FaqEntry, ...]:
        """In order of id, so that two readers agree."""

    def get(self, entry_id: str) -> FaqEntry | None: ...

    def save(self, entry: FaqEntry, account_id: int | None, now: datetime) -> None:
        """Insert or update, and keep this version in the history. Phrasings are left alone."""

    def versions(self, entry_id: str) -> tuple[FaqVersion, ...]:
        """Newest first."""

    def link(self, entry_id: str, text: str, question_number: int | None, now: datetime) -> bool:
        """Add a phrasing; False when the entry has it already."""

    def unlink(self, entry_id: str, text: str) -> bool:
        """Take a phrasing away; False when the entry does not have it."""


class VectorCache(Protocol):
    """Vectors by SHA-256 of model and text, in half precision (cosines keep three decimals)."""

    def get(self, keys: Collection[str]) -> Mapping[str, Vector]: ...

    def put(self, vectors: Mapping[str, Vector]) -> None:
        """Keep what is new; a key that is there already stays as it is."""


class OutgoingRepository(Protocol):
    """The outbox."""

    def add(self, new: NewOutgoing, state: Delivery, now: datetime) -> bool:
        """False when its dedupe key is known."""

    def get(self, outgoing_id: int) -> Outgoing | None: ...

    def due(self, now: datetime, limit: int, skip_chats: Collection[int]) -> tuple[Outgoing, ...]:
        """Pending messages whose turn it is: the first of each chat, replies before notices, no chat that is busy."""

    def lease(self, ids: Sequence[int], until: datetime) -> None:
        """Mark as being sent, one attempt more."""

    def change(
        self,
        outgoing_id: int,
        to: Delivery,
        *,
        only_from: Collection[Delivery],
        error: str = "",
        not_before: datetime | None = None,
        sent_at: datetime | None = None,
    ) -> bool:
        """Move to another state, the lease given up; False when it was not in one of `only_from`."""

    def expire(self, now: datetime) -> int:
        """Sending and past the lease → uncertain; how many."""

    def block_chat(self, chat_id: int) -> int:
        """Pending ones of this chat → blocked; how many."""

    def drop(self, conversation: str, kinds: Collection[OutgoingKind]) -> int:
        """Remove the pending and kept messages of these kinds to a conversation; how many."""

    def of_cluster(self, cluster_id: int) -> tuple[Outgoing, ...]: ...

    def in_state(self, state: Delivery, conversation: str | None = None) -> tuple[Outgoing, ...]:
        """Oldest first; of one conversation, or of all."""

    def counts(self) -> Mapping[tuple[OutgoingKind, Delivery], int]: ...

    def forget(self, conversation: str, chat_id: int | None) -> int:
        """Erase every message to this conversation or chat; how many."""


class ContactRepository(Protocol):
    """Which chat belongs to which conversation."""

    def remember(self, conversation: str, chat_id: int, now: datetime) -> None: ...

    def chat_of(self, conversation: str) -> int | None: ...

    def chats_of(self, conversations: Iterable[str]) -> Mapping[str, int]: ...

    def forget(self, conversation: str) -> None: ...


class SubscriptionRepository(Protocol):
    """Who wants progress news."""

    def add(self, conversation: str, now: datetime) -> bool:
        """False when they are there already."""

    def remove(self, conversation: str) -> bool:
        """False when they were not there."""

    def remove_chat(self, chat_id: int) -> None:
        """The same for whoever is in this chat."""

    def has(self, conversation: str) -> bool: ...

    def chats(self) -> Mapping[str, int]:
        """Every subscriber's conversation and chat."""


class UpdateRepository(Protocol):
    """Telegram's updates as they came in."""

    def add(self, update: Update) -> bool:
        """False when its id is known."""

    def get(self, update_id: int) -> Update | None: ...

    def heads(self, now: datetime, limit: int, skip_chats: Collection[int]) -> tuple[Update, ...]:
        """The oldest new update of each chat, oldest first; chats whose first has to wait are left out."""

    def done(self, update_id: int) -> bool:
        """Mark done and erase the payload; False when it was not new."""

    def failed(self, update_id: int, error: str, retry_at: datetime | None) -> bool:
        """One attempt more: wait until `retry_at`, or None to give up. False when it was not new."""

    def counts(self) -> Mapping[UpdateState, int]: ...

    def forget(self, chat_id: int) -> None:
        """Erase what is kept of a chat's updates, except those still to be answered."""


class AccountRepository(Protocol):
    """Accounts, login links and sessions. Tokens come in as SHA-256."""

    def add(self, name: str, email: str, role: AccountRole, now: datetime) -> Account | None:
        """None when the e-mail address is taken."""

    def get(self, account_id: int) -> Account | None: ...

    def by_email(self, email: str) -> Account | None: ...

    def all(self) -> tuple[Account, ...]: ...

    def save(self, account: Account, now: datetime) -> None:
        """Write name, e-mail address, role and whether it is open; `now` counts as the moment it was closed."""

    def ever_signed_in(self, role: AccountRole) -> bool:
        """Whether an active account with this role ever redeemed a link."""

    def add_link(self, digest: str, account_id: int, expires_at: datetime) -> None: ...

    def use_link(self, digest: str, now: datetime) -> Account | None:
        """Spend a link, in one statement; None when it is unknown, spent, too old or its account closed."""

    def add_session(self, digest: str, session: Session) -> None: ...

    def session(self, digest: str, token: str, now: datetime) -> Session | None: ...

    def end_session(self, digest: str) -> None: ...

    def end_all(self, account_id: int, but: str = "") -> None:
        """End the sessions and links of an account, but for the session with this digest."""

    def signed_in(self, account_id: int, now: datetime) -> None:
        """Keep when somebody last signed in."""

    def password_of(self, account_id: int) -> str | None:
        """The hash; None for somebody who has no password."""

    def set_password(self, account_id: int, hashed: str | None) -> None: ...

    def by_subject(self, subject: str) -> Account | None: ...

    def set_subject(self, account_id: int, subject: str) -> None: ...

    def add_attempt(self, key: str, now: datetime) -> int:
        """Count a sign-in that may turn out to be refused; its id."""

    def attempts(self, key: str, since: datetime) -> int:
        """How many with this key, after `since`."""

    def drop_attempts(self, ids: Collection[int]) -> None: ...


class FollowUpRepository(Protocol):
    """Steps taken with by-catch."""

    def add(self, cluster_id: int, step: Step, text: str, account_id: int, now: datetime) -> int:
        """Its id."""

    def told(self, follow_up_id: int, notices: int) -> None:
        """Keep how many people were told."""

    def of_cluster(self, cluster_id: int) -> tuple[FollowUp, ...]:
        """Oldest first."""


class ReplyWishRepository(Protocol):
    """Who wants to be called or mailed back."""

    def save(self, question_number: int, means: ReplyMeans, address: str, name: str, now: datetime) -> None:
        """A later wish of the same means takes the place of the earlier."""

    def get(self, wish_id: int) -> ReplyWish | None: ...

    def to_do(self) -> tuple[ReplyWish, ...]:
        """Not done, those whose question is settled first, then oldest first."""

    def of_questions(self, numbers: Collection[int]) -> tuple[ReplyWish, ...]: ...

    def done(self, wish_id: int, account_id: int, now: datetime) -> bool:
        """Mark done and erase address and name; False when it was done already."""

    def forget(self, conversation: str) -> int:
        """Erase the wishes of this asker; how many."""


class NewsRepository(Protocol):
    """Progress news."""

    def add(self, item: NewsItem) -> int:
        """Its id."""

    def get(self, news_id: int) -> NewsItem | None: ...

    def save(self, item: NewsItem) -> None: ...

    def all(self, state: EntryState | None = None, limit: int = 200) -> tuple[NewsItem, ...]:
        """The latest published first, drafts before them."""


class GapRepository(Protocol):
    """Gaps in the guides."""

    def add(self, text: str, words: str, reason: GapReason, entry_id: str | None, now: datetime) -> None:
        """Count once more when the same words are known with the same reason and entry."""

    def all(self, limit: int, reason: GapReason | None = None) -> tuple[GuideGap, ...]:
        """Most asked first, then the latest; of one reason or of both."""

    def remove(self, gap_id: int) -> bool:
        """Take it off the list; whether it was on it."""


class AuditRepository(Protocol):
    """Who changed what."""

    def add(self, row: AuditRow) -> None: ...

    def find(self, subject: str | None, limit: int) -> tuple[AuditRow, ...]:
        """Newest first."""

    def page(self, chosen: AuditFilter) -> tuple[AuditRow, ...]:
        """Newest first."""


class Retention(Protocol):
    """Removes what is past its term; each method says how many that were."""

    def updates(self, before: datetime) -> int:
        """Received before then, and done or given up."""

    def messages(self, before: datetime) -> int:
        """Sent or given up before then."""

    def contacts(self, before: datetime) -> int:
        """Not seen since then, without an open question, a message under way or a wish for news."""

    def subscriptions(self, before: datetime) -> int:
        """Wished for before then, and silent since."""

    def askers(self, before: datetime) -> int:
        """Cut the link with who asked what was answered or dismissed before then, and mask what they said of themselves."""

    def talks(self, before: datetime) -> int:
        """Practice talks last saved before then."""

    def audit_rows(self, before: datetime) -> int:
        """Written before then."""

    def sign_ins(self, now: datetime) -> int:
        """Links and sessions that open nothing any more."""

    def attempts(self, before: datetime) -> int:
        """Refused sign-ins before then."""

    def closed_accounts(self, before: datetime) -> int:
        """Take name and e-mail address off accounts that were closed before then."""

    def gaps(self, before: datetime) -> int:
        """Questions to the guides, last asked before then, and remarks of the coach, last disputed before then."""

    def reply_wishes(self, before: datetime) -> int:
        """Addresses of people who are called or mailed back: the question was answered or dismissed before then."""


class Unit(Protocol):
    """One unit of work: everything in it happens, or nothing."""

    @property
    def questions(self) -> QuestionRepository: ...

    @property
    def clusters(self) -> ClusterRepository: ...

    @property
    def faq(self) -> FaqRepository: ...

    @property
    def vectors(self) -> VectorCache: ...

    @property
    def outgoing(self) -> OutgoingRepository: ...

    @property
    def contacts(self) -> ContactRepository: ...

    @property
    def subscriptions(self) -> SubscriptionRepository: ...

    @property
    def updates(self) -> UpdateRepository: ...

    @property
    def accounts(self) -> AccountRepository: ...

    @property
    def follow_ups(self) -> FollowUpRepository: ...

    @property
    def reply_wishes(self) -> ReplyWishRepository: ...

    @property
    def news(self) -> NewsRepository: ...

    @property
    def gaps(self) -> GapRepository: ...

    @property
    def audit(self) -> AuditRepository: ...

    @property
    def retention(self) -> Retention: ...

    def lock(self, subject: Subject) -> None:
        """Wait until no other unit holds this subject, and hold it to the end of the unit.

        For use cases that decide on what they read. Who needs several takes them in the order of `Subject`, so that two
        never wait for each other. SQLite has one writer at a time anyway; PostgreSQL needs this.
        """

    def commit(self) -> None:
        """Keep everything that was done in this unit."""


class HeldDuty(Protocol):
    """A duty that this process has."""

    def is_held(self) -> bool:
        """False once it is lost, such as with the connection to the database."""

    def release(self) -> None:
        """Let another process have it."""


class Store(Protocol):
    """Where everything is kept. Every method may raise StoreUnavailable."""

    def unit(self) -> AbstractContextManager[Unit]:
        """A unit that may write. Leaving it without `commit()` undoes everything."""

    def view(self) -> AbstractContextManager[Unit]:
        """A unit that only reads."""

    def ping(self) -> None:
        """Return when the database answers."""


class SharedStore(Store, Protocol):
    """A store for a part of the product that may run as several processes."""

    def take_duty(self, duty: Duty) -> HeldDuty | None:
        """The duty, until it is released or this process ends in any way; None while another process has it."""
