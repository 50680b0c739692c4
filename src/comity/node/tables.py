"""The node's own tables: what was received and appended, byte for byte, and who it talks to.

Nothing here is computed: the state is always replayed from these bytes. Works on SQLite and PostgreSQL alike.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

mechanisms = Table(
    "record_mechanism",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("arrived", BigInteger, nullable=False),  # Unix seconds, for display only
)

# Every statement that arrived, whether or not an entry names it yet.
statements = Table(
    "record_statement",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("mechanism", String(64), nullable=False, index=True),
    Column("payload", LargeBinary, nullable=False),
    Column("arrived", BigInteger, nullable=False),
)

# One party's root serves in every mechanism of that party: each keeps its own row.
roots = Table(
    "record_root",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("mechanism", String(64), primary_key=True, index=True),
    Column("data", LargeBinary, nullable=False),
)

# ``seq`` is the order of arrival on this node: the order of feeding the replay again, and nothing else.
entries = Table(
    "record_entry",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("mechanism", String(64), nullable=False, index=True),
    Column("origin", String(220), nullable=False),
    Column("position", Integer, nullable=False),
    Column("root", String(64), nullable=False),  # Merkle root after this entry, hex
    Column("before", String(64), nullable=False),  # Merkle root before it: which branch it continues
    Column("statement", String(64), index=True),  # None for a receipt
    Column("data", LargeBinary, nullable=False),
    Column("arrived", BigInteger, nullable=False),
    Column(
        "verdict", Text
    ),  # None: not judged yet; empty: valid; else why it is void. Kept so that a restart need not check every signature again.
    UniqueConstraint("origin", "position", "root"),
)

# Signed notes per log and size: the log's signature and all cosignatures known here. Written before a cosignature leaves this node.
checkpoints = Table(
    "record_checkpoint",
    metadata,
    Column("origin", String(220), primary_key=True),
    Column("size", Integer, primary_key=True),
    Column("root", String(64), primary_key=True),
    Column("mechanism", String(64), nullable=False, index=True),
    Column("note", Text, nullable=False),
)

# A new random mark whenever anything that is stored of a mechanism changes: the same mark means that there is nothing new to read.
states = Table(
    "record_state",
    metadata,
    Column("mechanism", String(64), primary_key=True),
    Column("state", String(32), nullable=False),
)

# Which acts of which mechanism name a file, and who may see it there.
file_uses = Table(
    "record_file_use",
    metadata,
    Column("file", String(64), primary_key=True),
    Column("statement", String(64), primary_key=True),
    Column("mechanism", String(64), nullable=False, index=True),
)

peers = Table(
    "record_peer",
    metadata,
    Column("root", String(64), primary_key=True),  # fingerprint of its first key root
    Column("host", String(200), nullable=False, unique=True),
    Column("card", Text, nullable=False),  # its introduction, as received in person
    Column("address", String(500)),  # None: by pouch only
    Column("paused", Boolean, nullable=False, default=False),
    Column("last_tried", BigInteger),
    Column("last_reached", BigInteger),
    Column("trouble", Text),  # why the last try failed, as errors keep themselves
)

refused = Table(
    "record_refused",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("source", String(500), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("place", String(500), nullable=False),
    Column("message", Text, nullable=False),  # with the gaps that ``details`` fill: see comity.node.told
    Column("remedy", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
)
