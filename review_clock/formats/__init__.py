"""Answers as text, JSON, tables and drawings: one module a kind of answer."""
