"""Keeps the account's records, planned callbacks and settings on disk, so that a restart loses nothing."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from infra.local.simulators.twilio.records import Record

R = TypeVar("R", bound=Record)

_SCHEMA: Final = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS records (sid TEXT PRIMARY KEY, kind TEXT NOT NULL, place INTEGER, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS callbacks (id INTEGER PRIMARY KEY, due REAL NOT NULL, body TEXT NOT NULL, claimed INTEGER);
UPDATE callbacks SET claimed = 0;
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, body TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A webhook request that is still to be made at `due` (seconds since the epoch); `body` is its owner's matter."""

    id: int
    due: float
    body: Mapping[str, Any]


class Store:
    """One SQLite file. Every write is durable when the call returns."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript(_SCHEMA)

    def close(self) -> None:
        self._database.close()

    def save(self, record: Record) -> None:
        """Put or replace a record; it keeps the place it was first given."""
        self._database.execute(
            "INSERT INTO records SELECT ?, ?, COALESCE(MAX(place), 0) + 1, ? FROM records WHERE TRUE"
            " ON CONFLICT (sid) DO UPDATE SET body = excluded.body",
            (record.sid, record.kind, record.to_json()),
        )

    def find(self, kind: type[R], sid: str) -> R | None:
        query = "SELECT body FROM records WHERE sid = ? AND kind = ?"
        row = self._database.execute(query, (sid, kind.kind)).fetchone()
        return kind.from_json(row[0]) if row else None

    def newest_first(self, kind: type[R]) -> list[R]:
        query = "SELECT body FROM records WHERE kind = ? ORDER BY place DESC"
        return [kind.from_json(body) for (body,) in self._database.execute(query, (kind.kind,))]

    def delete(self, record: Record) -> None:
        self._database.execute("DELETE FROM records WHERE sid = ?", (record.sid,))

    def plan(self, due: float, body: Mapping[str, Any]) -> None:
        self._database.execute("INSERT INTO callbacks (due, body, claimed) VALUES (?, ?, 0)", (due, json.dumps(body)))

    def next_callback(self) -> Callback | None:
        """The earliest that nobody has claimed since this store was opened."""
        query = "SELECT id, due, body FROM callbacks WHERE NOT claimed ORDER BY due, id LIMIT 1"
        row = self._database.execute(query).fetchone()
        return Callback(id=row[0], due=row[1], body=json.loads(row[2])) if row else None

    def claim(self, callback: Callback) -> None:
        self._database.execute("UPDATE callbacks SET claimed = 1 WHERE id = ?", (callback.id,))

    def forget(self, callback: Callback) -> None:
        self._database.execute("DELETE FROM callbacks WHERE id = ?", (callback.id,))

    def set(self, name: str, value: Mapping[str, Any] | None) -> None:
        """Keep a setting, or remove it when `value` is None."""
        if value is None:
            self._database.execute("DELETE FROM settings WHERE name = ?", (name,))
        else:
            self._database.execute("REPLACE INTO settings VALUES (?, ?)", (name, json.dumps(value)))

    def settings(self, prefix: str) -> list[tuple[str, Mapping[str, Any]]]:
        """Those whose name begins like this, by name."""
        query = "SELECT name, body FROM settings WHERE substr(name, 1, ?) = ? ORDER BY name"
        rows = self._database.execute(query, (len(prefix), prefix))
        return [(name, dict(json.loads(body))) for name, body in rows]

    def get(self, name: str) -> Mapping[str, Any] | None:
        row = self._database.execute("SELECT body FROM settings WHERE name = ?", (name,)).fetchone()
        return dict(json.loads(row[0])) if row else None


class MediaFolder:
    """The bytes of media, one file a sid."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)

    def write(self, sid: str, content: bytes) -> None:
        (self._directory / sid).write_bytes(content)

    def read(self, sid: str) -> bytes:
        return (self._directory / sid).read_bytes()

    def delete(self, sid: str) -> None:
        with suppress(FileNotFoundError):
            (self._directory / sid).unlink()
