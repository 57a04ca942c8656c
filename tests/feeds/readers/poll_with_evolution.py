"""Evolution's data server as a subscriber: a line on stdin is a poll, after which a line of JSON says what it holds.

Arguments: the port of 127.0.0.1 and the path at which the feed is published. Needs the system's Python with its
binding, a session bus of its own and the folders of `HOME` and XDG to itself: `tests/feeds/subscribers.py` starts it.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
gi.require_version("ICalGLib", "3.0")
from gi.repository import ECal, EDataServer  # noqa: E402
from gi.repository import ICalGLib as Ical  # noqa: E402

SOURCE = """[Data Source]
DisplayName=Feed
Enabled=true
Parent=webcal-stub
[Calendar]
BackendName=webcal
Selected=true
[Authentication]
Host=127.0.0.1
Port={port}
Method=none
[Security]
Method=none
[WebDAV Backend]
ResourcePath={path}
"""


def event(of: Any) -> dict[str, Any]:
    alarms, alarm = 0, of.get_first_component(Ical.ComponentKind.VALARM_COMPONENT)
    while alarm is not None:
        alarms, alarm = alarms + 1, of.get_next_component(Ical.ComponentKind.VALARM_COMPONENT)
    return {
        "uid": of.get_uid(),
        "start": of.get_dtstart().as_ical_string(),
        "summary": of.get_summary(),
        "description": of.get_description(),
        "status": of.get_first_property(Ical.PropertyKind.STATUS_PROPERTY).get_value_as_string(),
        "alarms": alarms,
    }


port, path = sys.argv[1:]
sources = Path(os.environ["XDG_CONFIG_HOME"], "evolution", "sources")
sources.mkdir(parents=True)
(sources / "feed.source").write_text(SOURCE.format(port=port, path=path))
registry = EDataServer.SourceRegistry.new_sync(None)
source = registry.ref_source("feed")
client = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, 1, None)
for _line in sys.stdin:
    client.refresh_sync(None)
    _ok, found = client.get_object_list_sync("#t", None)
    print(json.dumps([event(each) for each in found]), flush=True)
