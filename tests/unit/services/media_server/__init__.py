"""Tests of the media server. Its house also runs as a program: it needs the fixed SQLite then."""

from app.infra.database import driver

driver.install()
