"""A question holds law, record, day, readings and assumptions, and has one answer."""
