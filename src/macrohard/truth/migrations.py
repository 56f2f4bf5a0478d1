"""How the ledger's database came to its present form: named steps, only ever appended to."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    insert,
    inspect,
    select,
    text,
)

from macrohard.errors import UserError

metadata = MetaData()
applied = Table("ledger_migrations", metadata, Column("name", String(100), primary_key=True))
contents = Table(
    "ledger_contents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
records = Table(
    "ledger_records",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(100), nullable=False),
    Column("subject", String(1000), nullable=False, index=True),
    Column("body_sha256", String(64), nullable=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
)


def migrate(connection: Connection) -> None:
    """Bring the database to the present form; call it in a transaction that holds the ledger's lock.

    Raises UserError when a newer Macrohard has written it.
    """
    done = set(connection.scalars(select(applied.c.name))) if inspect(connection).has_table(applied.name) else set()
    names = [step.__name__ for step in STEPS]
    if done - set(names):
        raise UserError("The ledger was written by a newer Macrohard; update this one, or name another ledger.")
    for step in STEPS:
        if step.__name__ not in done:
            step(connection)
            connection.execute(insert(applied).values(name=step.__name__))


def create_tables(connection: Connection) -> None:
    """Make the three tables."""
    metadata.create_all(connection)


def refuse_changes(connection: Connection) -> None:
    """Make the database itself refuse to change or delete what has been appended."""
    for table in (records.name, contents.name):
        for statement in TRIGGERS[connection.dialect.name]:
            connection.execute(text(statement.format(table=table)))


TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'append only'); END",
        "CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'append only'); END",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'append only'; END $$""",
        """CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
    ),
}

STEPS: tuple[Callable[[Connection], None], ...] = (create_tables, refuse_changes)
"""Append to it; never change or remove a step that was ever released."""
