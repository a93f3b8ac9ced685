"""Bringing in items from Excel and from GIFT: what is right comes in, what is wrong is told row by row and kept.

An item that names its clause is checked against the documents in force: the clause has to be there, and the quote to
stand in it. One that names none comes in without an origin, and the bank keeps it as a draft.
"""

from assistant.quiz.imports.excel import read_excel, refused_rows, template
from assistant.quiz.imports.gift import read_gift, refused_questions
from assistant.quiz.imports.outcome import Imported, RowError

__all__ = ["Imported", "RowError", "read_excel", "read_gift", "refused_questions", "refused_rows", "template"]
