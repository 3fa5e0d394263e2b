"""Nothing is kept longer than it serves."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.retention import Removed, Terms
from bot.services.ports import Store, Subject

DEFAULT_TERMS = Terms()


def clean_up(store: Store, *, now: datetime, terms: Terms = DEFAULT_TERMS) -> Removed:
    """Remove what is past its term. May run at any time, twice, and in several processes; once a day is enough.

    What still has to be answered, sent or decided upon is never touched, however old.
    """

    def before(days: int) -> datetime:
        return now - timedelta(days=days)

    with store.unit() as work:
        work.lock(Subject.QUESTIONS)
        work.lock(Subject.OUTGOING)
        removed = Removed(
            updates=work.retention.updates(before(terms.updates_days)),
            messages=work.retention.messages(before(terms.messages_days)),
            subscriptions=work.retention.subscriptions(before(terms.subscriptions_days)),  # before their contacts
            contacts=work.retention.contacts(before(terms.contacts_days)),
            askers=work.retention.askers(before(terms.askers_days)),
            talks=work.retention.talks(before(terms.talks_days)),
            audit_rows=work.retention.audit_rows(before(terms.audit_days)),
            sign_ins=work.retention.sign_ins(now),
            attempts=work.retention.attempts(before(terms.attempts_days)),
            closed_accounts=work.retention.closed_accounts(before(terms.closed_accounts_days)),
            gaps=work.retention.gaps(before(terms.gaps_days)),
            reply_wishes=work.retention.reply_wishes(before(terms.reply_wishes_days)),
        )
        work.commit()
        return removed
