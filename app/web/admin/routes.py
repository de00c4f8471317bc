"""The admin's blueprint. Admins keep the directory of providers; they cannot open a case."""

from flask import Blueprint

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
