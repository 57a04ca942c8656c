"""Reports → HTML, JSON and feeds, written as one folder that is whole or not there at all.

A module a page; what they share stands in `answers` and `rendering`; `build` makes the folder. Templates receive
reports and words and nothing that counts.
"""
