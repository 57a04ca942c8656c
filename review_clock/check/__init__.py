"""Record, rules, readings, calendars, words, freshness: what is wrong with the data, each finding on its own."""
