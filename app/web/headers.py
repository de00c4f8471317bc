"""Headers of every answer."""

from flask import Response, g, request

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SCRIPT = "heard_script"
"""Set in flask.g by a page that brings the one script of this site (app/web/assets.py)."""

_NOTHING_OF = (
    "accelerometer autoplay camera clipboard-read display-capture encrypted-media fullscreen "
    "geolocation gyroscope hid idle-detection magnetometer microphone midi payment "
    "picture-in-picture screen-wake-lock serial usb xr-spatial-tracking"
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in _NOTHING_OF.split())


def add(response: Response) -> Response:
    """Nothing stays in a cache, nothing is told to another site, nothing frames. Nothing
    runs, but for our own file on the few pages that offer passkeys."""
    headers = response.headers
    headers["Content-Security-Policy"] = f"{POLICY}; script-src 'self'" if g.get(SCRIPT) else POLICY
    headers["Cache-Control"] = "no-store"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Cross-Origin-Embedder-Policy"] = "require-corp"
    headers["Permissions-Policy"] = PERMISSIONS
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["X-Robots-Tag"] = "noindex, noarchive"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains; preload"
    headers.pop("Vary", None)  # nothing is cached, so nothing varies; "Vary: Cookie" only adds weight
    return response
