"""The index of words below `wordsearch`: made by a migration, kept by the database itself.

Our words are folded and parted by blanks already, so both databases are told to take them as they are.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# SQLite: FTS5 over the table's own column. Where a migration remakes `meetings_meeting` (as SQLite's do to
# alter a column) the triggers go with the old table; that migration has to `install` again.
_SQLITE = (
    """
    CREATE VIRTUAL TABLE IF NOT EXISTS meetings_words USING fts5(
        search_text, content='meetings_meeting', content_rowid='id', detail='none', columnsize=0,
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
    )
    """,
    """
    CREATE TRIGGER IF NOT EXISTS meetings_words_insert AFTER INSERT ON meetings_meeting BEGIN
        INSERT INTO meetings_words (rowid, search_text) VALUES (new.id, new.search_text);
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS meetings_words_delete AFTER DELETE ON meetings_meeting BEGIN
        INSERT INTO meetings_words (meetings_words, rowid, search_text)
            VALUES ('delete', old.id, old.search_text);
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS meetings_words_update AFTER UPDATE OF search_text ON meetings_meeting
    WHEN old.search_text <> new.search_text BEGIN
        INSERT INTO meetings_words (meetings_words, rowid, search_text)
            VALUES ('delete', old.id, old.search_text);
        INSERT INTO meetings_words (rowid, search_text) VALUES (new.id, new.search_text);
    END
    """,
    "INSERT INTO meetings_words (meetings_words) VALUES ('rebuild')",
)
_POSTGRESQL = (
    """
    CREATE INDEX IF NOT EXISTS meetings_words ON meetings_meeting
    USING gin (array_to_tsvector(array_remove(string_to_array(search_text, ' '), '')))
    """,
)
STATEMENTS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index, or what is missing of it, and bring it up to the rows there are."""
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def uninstall(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS meetings_words")
        return
    for deed in ("insert", "delete", "update"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS meetings_words_{deed}")
    schema_editor.execute("DROP TABLE IF EXISTS meetings_words")
