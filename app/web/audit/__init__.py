"""The auditors' pages. Importing this package puts every audit view on the blueprint."""

from app.web.audit import numbers, trail
from app.web.audit.routes import blueprint

__all__ = ["blueprint", "numbers", "trail"]
