"""The code for a child, while it is shown: in the sealed session only, for a few minutes, for one case."""

from datetime import timedelta

from flask import session

from app.web.sessions import kit_of_app

SHOWN_FOR = timedelta(minutes=15)


def _now() -> int:
    return int(kit_of_app().clock().timestamp())


def keep_code(request_id: str, code: str) -> None:
    session["child_code"] = {"case": request_id, "code": code, "at": _now()}


def shown_code(request_id: str) -> str | None:
    """The code that was made a moment ago; None when it was put away, or is too old."""
    kept = session.get("child_code")
    if kept is None or kept["case"] != request_id:
        return None
    if _now() - kept["at"] > SHOWN_FOR.total_seconds():
        session.pop("child_code")
        return None
    return str(kept["code"])


def forget_code() -> None:
    session.pop("child_code", None)
