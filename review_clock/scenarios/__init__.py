"""What is assumed on top of a record, line by line, and named what-ifs, one TOML file each."""
