"""Runs the revisions on the connection that `schema.migrate` hands over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo

from app.domain.errors import Refused
from app.infra.database.metadata import metadata


def run() -> None:
    """Apply each missing revision in a transaction of its own."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        transaction_per_migration=True,
        on_version_apply=_check,
    )
    with context.begin_transaction():
        context.run_migrations()


def _check(
    ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]
) -> None:
    del step, heads, run_args  # Alembic passes all four by name
    connection = ctx.connection
    if connection is None:
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise Refused("errors.database_damaged", problem=str(tuple(broken)), path="")


run()
