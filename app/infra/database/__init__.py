"""SQLite: the driver, the one database of the station, and its migrations."""
