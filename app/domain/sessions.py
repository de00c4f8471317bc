"""How long a session lasts without use, and in all; how long a step within it may take."""

from datetime import timedelta

PORTAL, STAFF = "portal", "staff"
IDLE = {PORTAL: timedelta(hours=1), STAFF: timedelta(minutes=30)}
ALWAYS = {PORTAL: timedelta(hours=4), STAFF: timedelta(hours=10)}
FRESH_FOR = timedelta(minutes=10)
"""So long a second factor counts as just shown; grants and exports ask for another one after that."""
HALF_FOR = timedelta(minutes=5)
"""Between the passphrase and the second factor at sign-in."""
CHANGE_FOR = timedelta(minutes=20)
"""From typing the current passphrase to the end of changing passphrase or second factor."""
