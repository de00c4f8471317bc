"""The portal's blueprint. Its paths and titles never say what the site is about."""

from flask import Blueprint

portal = Blueprint("portal", __name__)
