"""The pages of those who ask. Importing this package puts every portal view on the blueprint."""

from app.web.portal import ask, follow, forget, pages
from app.web.portal.blueprint import portal

__all__ = ["ask", "follow", "forget", "pages", "portal"]
