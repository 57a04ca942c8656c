"""What has happened: the record of events, and the one-line grammar in which acts are said."""
