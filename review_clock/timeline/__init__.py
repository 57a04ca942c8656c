"""The record unfolded through the law: positions, courses, chronology; and the record held against the law.

`keeping` holds a user's record file against the law before it writes there."""
