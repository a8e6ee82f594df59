"""A page that shows an OpenAPI document: plain HTML made here, no script, nothing fetched from elsewhere."""

from __future__ import annotations

import json
from html import escape
from typing import Any

STYLE = """
body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
color:#1a1a1a;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.15rem;border-bottom:1px solid #ddd;margin-top:2rem}
details{border:1px solid #ddd;border-radius:6px;margin:.5rem 0;padding:.4rem .8rem}summary{cursor:pointer}
code,pre{font-family:ui-monospace,Consolas,monospace;font-size:.9em}pre{background:#f6f6f6;padding:.6rem;overflow:auto}
.verb{display:inline-block;min-width:4.2em;font-weight:600;color:#07a35a}table{border-collapse:collapse}
td,th{border:1px solid #ddd;padding:.2rem .6rem;text-align:left;vertical-align:top}
@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#191919}pre{background:#242424}}
"""


def render(document: dict[str, Any], json_url: str, style_url: str) -> str:
    """The whole page for one OpenAPI 3.1 document; `json_url` is where the document itself can be had."""
    info = document["info"]
    parts = [
        "<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width,initial-scale=1'>",
        f"<title>{escape(info['title'])}</title><link rel='stylesheet' href='{escape(style_url)}'></head><body>",
        f"<h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1>",
        f"<p>{escape(info.get('description', ''))}</p>",
        f"<p><a href='{escape(json_url)}'>OpenAPI JSON</a></p>",
    ]
    for path, verbs in document.get("paths", {}).items():
        for verb, operation in verbs.items():
            parts.append(_operation(verb, path, operation))
    schemas = document.get("components", {}).get("schemas", {})
    if schemas:
        parts.append("<h2>数据结构 Schemas</h2>")
        for name, schema in schemas.items():
            parts.append(
                f"<details id='{escape(name)}'><summary><code>{escape(name)}</code></summary>{_json(schema)}</details>"
            )
    parts.append("</body></html>")
    return "".join(parts)


def _operation(verb: str, path: str, operation: dict[str, Any]) -> str:
    parts = [
        f"<details><summary><span class='verb'>{escape(verb.upper())}</span> <code>{escape(path)}</code> ",
        f"{escape(operation.get('summary', ''))}</summary><p>{escape(operation.get('description', ''))}</p>",
    ]
    rows = [
        f"<tr><td><code>{escape(p['name'])}</code></td><td>{escape(p['in'])}</td>"
        f"<td>{'必填' if p.get('required') else '可选'}</td><td>{_json(p.get('schema', {}))}</td></tr>"
        for p in operation.get("parameters", [])
    ]
    if rows:
        parts.append(f"<table><tr><th>参数</th><th>位置</th><th></th><th>类型</th></tr>{''.join(rows)}</table>")
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        parts.append(f"<p>请求 <code>{escape(media)}</code></p>{_json(content.get('schema', {}))}")
    for status, response in operation.get("responses", {}).items():
        parts.append(f"<p>{escape(str(status))} {escape(response.get('description', ''))}</p>")
        for content in response.get("content", {}).values():
            parts.append(_json(content.get("schema", {})))
    parts.append("</details>")
    return "".join(parts)


def _json(value: Any) -> str:
    return f"<pre>{escape(json.dumps(value, ensure_ascii=False, indent=1))}</pre>"
