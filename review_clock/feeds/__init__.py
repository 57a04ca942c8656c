"""Answers as iCalendar feeds and tables."""
