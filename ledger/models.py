"""The log's tables as Django sees them. Every column of an entry but `kind` is derived from its bytes by the
database.

The tables, triggers and rights are made by SQL in the migrations. `ledger.services.append` is the only
writer; the application's role cannot change or remove a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from ledger.events import page_for, words_for

if TYPE_CHECKING:
    NumberField = models.Field[int, int]
else:
    # Django's fields take type arguments only for the type checker.
    NumberField = models.Field


class Xid8Field(NumberField):
    """A PostgreSQL 64-bit transaction id; a number to Python."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> int | None:
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)


class Entry(models.Model):
    """One event. `bytes` is what is hashed, stored and exported; the other columns serve filters and
    pages.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField()
    policy_date = models.DateField()
    event = models.TextField()
    kind = models.TextField()
    actor_id = models.TextField()
    actor_name = models.TextField()
    actor_role = models.TextField()
    actor_office = models.TextField()
    case_id = models.UUIDField(null=True)
    assessment_id = models.UUIDField(null=True)
    decision_id = models.UUIDField(null=True)
    bytes = models.BinaryField()
    leaf_hash = models.BinaryField()
    tx_id = Xid8Field()

    class Meta:
        db_table = "ledger_entry"
        verbose_name = "log entry"
        verbose_name_plural = "log entries"

    def __str__(self) -> str:
        return f"{self.event} {self.id}"

    @property
    def words(self) -> str:
        """What happened, as the event was registered."""
        return words_for(self.event)

    @property
    def page(self) -> str:
        """The route that shows what this entry tells; empty when no room has one."""
        return page_for(self.event)


class CaseLink(models.Model):
    """The number of a change in its case, and the running hash that ties it to the one before."""

    pk = models.CompositePrimaryKey("case_id", "number")
    case_id = models.UUIDField()
    number = models.BigIntegerField()
    entry_id = models.UUIDField(unique=True)
    case_hash = models.BinaryField()

    class Meta:
        db_table = "ledger_case_link"

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class Disclosure(models.Model):
    """What opens one commitment of one entry: salt and value. Erasing it leaves the entry and its proofs
    whole.
    """

    pk = models.CompositePrimaryKey("entry_id", "pointer")
    entry_id = models.UUIDField()
    pointer = models.TextField()
    salt = models.BinaryField()
    value_bytes = models.BinaryField()

    class Meta:
        db_table = "ledger_disclosure"

    def __str__(self) -> str:
        return f"{self.entry_id} {self.pointer}"


class Leaf(models.Model):
    """The place of one entry in the tree; indexes have no gaps."""

    index = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    leaf_hash = models.BinaryField()

    class Meta:
        db_table = "ledger_leaf"

    def __str__(self) -> str:
        return f"{self.index} {self.entry_id}"


class TreeNode(models.Model):
    """The hash of a perfect subtree; every fourth level is kept."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "ledger_node"

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Batch(models.Model):
    """One seal: how many leaves it added, and up to which transaction of which cluster everything is sealed."""

    number = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField()
    count = models.BigIntegerField()
    upto = Xid8Field()
    system_identifier = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "ledger_batch"

    def __str__(self) -> str:
        return f"{self.number}"


class SignedCheckpoint(models.Model):
    """What was signed about the first `size` leaves: a signed note, without the cosignatures that came later."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "ledger_checkpoint"

    def __str__(self) -> str:
        return f"{self.size}"


class Cosignature(models.Model):
    """The line with which a witness says when it saw a checkpoint."""

    pk = models.CompositePrimaryKey("size", "witness")
    size = models.BigIntegerField()
    witness = models.TextField()
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "ledger_cosignature"

    def __str__(self) -> str:
        return f"{self.witness} {self.size}"


class LogKey(models.Model):
    """A public key that this log has signed with, and the size of the tree when it began."""

    vkey = models.TextField(primary_key=True)
    from_size = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "ledger_public_key"

    def __str__(self) -> str:
        return self.vkey


# At the end, since these build on what is above.
from ledger.exports.frozen_models import FrozenMonths  # noqa: E402, F401
from ledger.exports.models import Export, SavedScope  # noqa: E402, F401
