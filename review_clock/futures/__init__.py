"""What may come: every future that the law allows, and the odds."""
