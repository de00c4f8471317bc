"""The admins' pages. Importing this package puts every admin view on the blueprint."""

from app.web.admin import people, providers
from app.web.admin.routes import blueprint

__all__ = ["blueprint", "people", "providers"]
