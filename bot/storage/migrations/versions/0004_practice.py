"""Practice: the learning goal of a talk, counts for the organisation, disputed remarks for the content keeper."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_practice"
down_revision = "0003_desk"


def upgrade() -> None:
    """Add the column and the two tables."""
    op.add_column("talks", sa.Column("goal", sa.String(length=20), nullable=False, server_default="all"))
    op.create_table(
        "practice_counts",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("scenario", sa.String(length=80), nullable=False),
        sa.Column("talks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "scenario", name=op.f("pk_practice_counts")),
    )
    op.create_table(
        "coach_disputes",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scenario", sa.String(length=80), nullable=False),
        sa.Column("deed", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_coach_disputes")),
    )
