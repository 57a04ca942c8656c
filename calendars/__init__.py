"""One TOML file a feed; read by `review_clock.feeds`."""
