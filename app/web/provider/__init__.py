"""The pages behind the link of a notice. Importing this package puts every view on the blueprint."""

from app.web.provider import answer, verify
from app.web.provider.blueprint import provider

__all__ = ["answer", "provider", "verify"]
