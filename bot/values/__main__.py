"""Reads JSON lines {"text", "now", "awaiting"?} on standard input; writes one JSON line {"entities": […]} for each."""

from __future__ import annotations

import json
import sys
from datetime import datetime

from bot.values import extract


def main() -> int:
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            moment = datetime.fromisoformat(row["now"].replace("Z", "+00:00"))
            entities = extract(row["text"], moment, row.get("awaiting"))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            sys.stderr.write(f"line {number}: needs text and now (ISO 8601 with a zone): {error!r}\n")
            return 2
        sys.stdout.write(json.dumps({"entities": entities}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
