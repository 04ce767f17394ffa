"""A plain web host on loopback, as schools and GitHub Pages have it: files, compressed where they
are text, and the bytes counted that it sends.
"""

import gzip
import mimetypes
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {".mjs": "text/javascript", ".wasm": "application/wasm", ".ipynb": "application/json"}
ZIPPED = {".js", ".mjs", ".css", ".json", ".html", ".svg", ".wasm", ".ipynb", ".txt", ".map"}


class Host:
    """A folder on the web: ``address`` is where, ``sent`` what was asked for and the bytes of each
    answer, ``fresh`` for how many seconds a browser may use an answer again (ten minutes, as GitHub
    Pages says); ``close`` ends it.
    """

    def __init__(self, folder: Path, fresh: int = 600):
        self.folder, self.fresh, self.sent = folder.resolve(), fresh, []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def file(self, asked: str) -> Path | None:
        """The file that a path leads to, None outside the folder or where nothing is."""
        found = (self.folder / unquote(urlsplit(asked).path).lstrip("/")).resolve()
        found = found / "index.html" if found.is_dir() else found
        return found if found.is_file() and self.folder in found.parents else None

    def _handler(host):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                """Nothing is printed."""

            def do_GET(self):
                file = host.file(self.path)
                raw, kind, zipped = answer(file) if file else (b"not found", "text/plain", False)
                host.sent.append((self.path, len(raw)))
                self.send_response(200 if file else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(raw)))
                self.send_header("Cache-Control", f"max-age={host.fresh}")
                if zipped:
                    self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                self.wfile.write(raw)

        return Handler


@cache
def answer(file: Path) -> tuple[bytes, str, bool]:
    """What is sent of a file: bytes, type, whether they are compressed."""
    raw, zipped = file.read_bytes(), file.suffix in ZIPPED
    kind = (
        TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    )
    return (gzip.compress(raw, 6) if zipped else raw), kind, zipped
