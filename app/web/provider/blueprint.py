"""The blueprint of the pages a provider opens from a notice."""

from flask import Blueprint

provider = Blueprint("provider", __name__)
