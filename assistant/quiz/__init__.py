"""Quizzes for legal study: items from clauses, a bank of them, papers, and sessions."""
