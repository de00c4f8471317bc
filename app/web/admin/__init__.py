"""The admins' pages. Importing this package puts every admin view on the blueprint."""

from app.web.admin import countries, laws, people, provider_list, providers
from app.web.admin.routes import blueprint

__all__ = ["blueprint", "countries", "laws", "people", "provider_list", "providers"]
