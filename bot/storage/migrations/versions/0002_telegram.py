"""Who wants progress news."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_telegram"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "subscriptions",
        sa.Column("conversation", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_subscriptions")),
    )
