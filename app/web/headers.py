"""Headers of every answer."""

from flask import Response, g, request

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SCRIPTS = "heard_scripts"
"""Set in flask.g by a page that brings a script of this site (app/web/assets.py): what may run on it."""

_NOTHING_OF = (
    "accelerometer autoplay camera clipboard-read display-capture encrypted-media fullscreen "
    "geolocation gyroscope hid idle-detection magnetometer microphone midi payment "
    "picture-in-picture screen-wake-lock serial usb xr-spatial-tracking"
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in _NOTHING_OF.split())


def add(response: Response) -> Response:
    """Nothing stays in a cache, nothing is told to another site, nothing frames. Nothing runs, but for
    the way out's own script by its hash, and our own file on the few pages that offer passkeys."""
    headers = response.headers
    scripts = sorted(g.get(SCRIPTS, ()))
    headers["Content-Security-Policy"] = f"{POLICY}; script-src {' '.join(scripts)}" if scripts else POLICY
    headers["Cache-Control"] = "no-store"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["X-Robots-Tag"] = "noindex, noarchive"
    if request.endpoint != "static":  # they are about documents; half a kilobyte on a slow line otherwise
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        headers["Permissions-Policy"] = PERMISSIONS
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains; preload"
    headers.pop("Vary", None)  # nothing is cached, so nothing varies; "Vary: Cookie" only adds weight
    return response
