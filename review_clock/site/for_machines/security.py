"""What a page of the site may load and do, as a Content-Security-Policy: its own style, script, pictures and data."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

_POLICY: Final = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
PAGE_POLICY: Final = Markup("; ".join(f"{name} {value}" for name, value in _POLICY.items()))
"""The policy as a page states it itself, in an attribute between double quotes, for hosts that send no headers."""
FRAME_POLICY: Final = Markup("; ".join(f"{name} {value}" for name, value in _POLICY.items() if name != "connect-src"))
"""The policy of a page that stands in a frame on somebody's page: it asks for nothing after it is loaded."""
