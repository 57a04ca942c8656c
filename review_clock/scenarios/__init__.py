"""Named what-ifs, one TOML file each; read by `review_clock.scenario`."""
