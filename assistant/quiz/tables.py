"""The tables of people, classes, sessions and notebooks. Times are ISO 8601 with their zone; items are records as JSON."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

LONGEST_NAME = 30
CODE_DIGITS = 6

METADATA = MetaData()
PEOPLE = Table(
    "quiz_people", METADATA,
    Column("id", Integer, primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("created", String(40), nullable=False),
)  # fmt: skip
CLASSES = Table(
    "quiz_classes", METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(60), nullable=False, unique=True),
)  # fmt: skip
MEMBERS = Table(
    "quiz_members", METADATA,
    Column("class_id", Integer, ForeignKey("quiz_classes.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("number", String(LONGEST_NAME), nullable=False),
)  # fmt: skip
SESSIONS = Table(
    "quiz_sessions", METADATA,
    Column("id", String(32), primary_key=True),
    Column("code", String(CODE_DIGITS), nullable=False, unique=True),
    Column("mode", String(10), nullable=False),
    Column("title", String(100), nullable=False),
    Column("questions", Text, nullable=False),
    Column("created", String(40), nullable=False),
    Column("minutes", Integer),
    Column("class_id", Integer),
    Column("phase", String(10), nullable=False),
    Column("place", Integer, nullable=False),
    Column("names_shown", Boolean, nullable=False),
)  # fmt: skip
SHEETS = Table(
    "quiz_sheets", METADATA,
    Column("id", Integer, primary_key=True),
    Column("session_id", String(32), ForeignKey("quiz_sessions.id"), nullable=False),
    Column("person_id", Integer, ForeignKey("quiz_people.id"), nullable=False),
    Column("started", String(40), nullable=False),
    Column("submitted", String(40)),
    UniqueConstraint("session_id", "person_id"),
)  # fmt: skip
ANSWERS = Table(
    "quiz_answers", METADATA,
    Column("sheet_id", Integer, ForeignKey("quiz_sheets.id"), primary_key=True),
    Column("item_id", String(64), primary_key=True),
    Column("response", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("awarded", Float),
)  # fmt: skip
CARDS = Table(
    "quiz_cards", METADATA,
    Column("person_id", Integer, ForeignKey("quiz_people.id"), primary_key=True),
    Column("item_id", String(64), primary_key=True),
    Column("item", Text, nullable=False),
    Column("state", Integer, nullable=False),
    Column("stability", Float, nullable=False),
    Column("difficulty", Float, nullable=False),
    Column("due", String(40), nullable=False),
    Column("last_review", String(40), nullable=False),
    Column("reviews", Integer, nullable=False),
    Column("lapses", Integer, nullable=False),
)  # fmt: skip
REVIEWS = Table(
    "quiz_reviews", METADATA,
    Column("person_id", Integer, ForeignKey("quiz_people.id"), primary_key=True),
    Column("item_id", String(64), primary_key=True),
    Column("occasion", String(64), primary_key=True),
    Column("at", String(40), nullable=False),
    Column("right", Boolean, nullable=False),
)  # fmt: skip
