"""A fresh receipt code, for the page that shows it before sending."""

from app.vault.codes import new_code as new_code  # the portal may not reach into app/vault itself
