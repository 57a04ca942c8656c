"""Answers in words: English, Spanish and French."""
