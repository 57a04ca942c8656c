"""Pages, words in three languages and static files; read by `review_clock.wording` and `review_clock.site`."""
