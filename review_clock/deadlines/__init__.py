"""Rules resolved on a timeline: what each is counted from, its day, what moved it."""
