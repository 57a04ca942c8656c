"""The record unfolded through the law: positions, courses, chronology; and the record held against the law."""
