"""Papers about absences as files of the home, each sealed with a key that no database holds."""

import os
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag

from app.safekeeping.keys import key_of, seal, unseal
from programmes.common.db import Side
from programmes.common.errors import NotFound


class HomeEvidenceStore:
    """A file a row, named by the row's id alone; bound to it, so that no two can be exchanged."""

    def __init__(self, home: Path) -> None:
        self._directory = home / "evidence"
        self._key = key_of(home, Side.WORK, "evidence")

    def put(self, evidence_id: UUID, content: bytes) -> None:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        sealed = seal(self._key, content, about=evidence_id.bytes)
        descriptor = os.open(self._path(evidence_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())

    def take(self, evidence_id: UUID) -> bytes:
        try:
            sealed = self._path(evidence_id).read_bytes()
            return unseal(self._key, sealed, about=evidence_id.bytes)
        except (OSError, InvalidTag):
            raise NotFound from None

    def _path(self, evidence_id: UUID) -> Path:
        return self._directory / f"{evidence_id}.sealed"
