"""How long a session lasts without use, and in all."""

from datetime import timedelta

PORTAL, STAFF = "portal", "staff"
IDLE = {PORTAL: timedelta(hours=1), STAFF: timedelta(minutes=30)}
ALWAYS = {PORTAL: timedelta(hours=4), STAFF: timedelta(hours=10)}
