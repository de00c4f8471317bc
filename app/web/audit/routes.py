"""The auditors' blueprint. Auditors read trail and numbers; they open no case and change nothing."""

from flask import Blueprint

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
