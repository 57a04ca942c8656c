"""Answers → HTML, JSON and feeds, written as one folder that is whole or not there at all.

A module a page; what they share stands in `material` and `rendering`; `build` makes the folder. Templates receive
answers and words and nothing that counts.
"""
