"""Rules of the record, one a file. Each is a pure function of what it is given."""
