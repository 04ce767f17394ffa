"""A school's hub: a real JupyterHub behind its proxy, into which ten pupils sign in; each runs a
lesson and answers, and nobody reads another's work.

Asked for by ``-m hub``: it downloads what requirements-hub.txt and package-lock.json name.
"""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import requests
from websocket import create_connection

from helpers import HOUSE, end

pytestmark = pytest.mark.hub
HERE = Path(__file__).parent
PUPILS = [f"pupil-{n:02}" for n in range(1, 11)]
LESSON = "00-start-here.ipynb"
# By the exercise's own panel: its field is filled in, its button pressed.
ANSWER = """
asked = exercise(tables, "00-dates")
asked.fields[0].value = "{answer}"
asked.buttons["check"].click()
print(asked.says)
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Hub:
    """A JupyterHub of our own, set up in ``place``; ``base`` is its address."""

    def __init__(self, place: Path):
        self.place, self.password = place, secrets.token_hex(8)
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        bin_ = self._set_up()
        env = {k: v for k, v in os.environ.items() if not k.startswith(("CASEBOOK_", "PYTHON"))}
        env |= {
            "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
            "HUB_HOUSE": str(HOUSE),
            "HUB_PLACE": str(place),
            "HUB_ADDRESS": self.base,
            "HUB_PORT": str(free_port()),
            "HUB_PASSWORD": self.password,
            "HUB_PROXY": f"node|{place / 'node_modules/.bin/configurable-http-proxy'}",
            "HUB_PROXY_API": f"http://127.0.0.1:{free_port()}",
            "CONFIGPROXY_AUTH_TOKEN": secrets.token_hex(16),
        }
        command = [bin_ / "jupyterhub", "--config", HERE / "hub_config.py"]
        self.log = (place / "hub.log").open("wb")
        self.process = subprocess.Popen(
            command, env=env, cwd=place, stdout=self.log, stderr=subprocess.STDOUT
        )
        self._wait()

    def _set_up(self) -> Path:
        """An environment with the casebook's lock and the hub's, and the proxy."""
        uv, venv = [sys.executable, "-m", "uv"], self.place / "venv"
        subprocess.run([*uv, "venv", "--python", sys.executable, venv], check=True)
        bin_ = venv / ("Scripts" if os.name == "nt" else "bin")
        for lock in ("requirements.txt", "requirements-hub.txt"):
            install = [*uv, "pip", "install", "--quiet", "--require-hashes", "-r", HOUSE / lock]
            subprocess.run([*install, "--python", bin_ / "python"], check=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, self.place)
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=self.place, check=True)
        return bin_

    def _wait(self) -> None:
        while True:
            assert self.process.poll() is None, (self.place / "hub.log").read_text("utf-8")[-3000:]
            try:
                if requests.get(f"{self.base}/hub/login", timeout=60).ok:
                    return
            except requests.ConnectionError:
                pass
            time.sleep(0.2)

    def memory(self, name: str) -> int:
        """Bytes that the processes of a pupil hold: the server's and the kernel's."""
        home = str(self.place / "homes" / name)
        held = 0
        for process in psutil.process_iter():
            try:
                if process.cwd().startswith(home):
                    held += process.memory_info().rss
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                pass
        return held

    def close(self) -> None:
        end(self.process)
        self.log.close()


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    for needed in ("node", "npm"):
        if shutil.which(needed) is None:
            pytest.skip(f"no {needed} found: the hub's proxy needs it")
    hub = Hub(tmp_path_factory.mktemp("hub"))
    yield hub
    hub.close()


class Pupil:
    """A pupil's browser as far as the hub sees it: cookies, and the requests of JupyterLab."""

    def __init__(self, hub: Hub, name: str):
        self.hub, self.name = hub, name
        self.web = requests.Session()
        self.home = f"{hub.base}/user/{name}"

    def sign_in(self) -> None:
        """Sign in by the form, and wait until the server of one's own answers."""
        page = self.web.get(f"{self.hub.base}/hub/login")
        token = re.search(r'name="_xsrf" value="([^"]+)"', page.text)[1]
        form = {"username": self.name, "password": self.hub.password, "_xsrf": token}
        assert self.web.post(f"{self.hub.base}/hub/login", data=form).ok
        self.web.get(f"{self.hub.base}/hub/spawn/{self.name}")
        while True:
            page = self.web.get(f"{self.home}/lab")
            if page.ok and page.url.startswith(self.home):
                return
            time.sleep(0.5)

    def ask(self, method: str, path: str, **what) -> requests.Response:
        """A request to a server, with what JupyterLab sends against forgery."""
        of_mine = [c.value for c in self.web.cookies if c.name == "_xsrf" and "/user/" in c.path]
        head = {"X-XSRFToken": of_mine[0]} if of_mine else {}
        return self.web.request(method, path, headers=head, **what)

    def run_the_lesson(self, answer: str) -> str:
        """Run all cells of the lesson in a kernel of one's own and answer a question; what its
        panel says.
        """
        notebooks = "letters-to-pact/notebooks"
        found = self.ask("GET", f"{self.home}/api/contents/{notebooks}/{LESSON}").json()
        body = {
            "path": f"{notebooks}/{LESSON}",
            "name": LESSON,
            "type": "notebook",
            "kernel": {"name": "python3"},
        }
        begun = self.ask("POST", f"{self.home}/api/sessions", json=body)
        kernel = begun.json()["kernel"]["id"]
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.web.cookies)
        address = f"{self.home}/api/kernels/{kernel}/channels".replace("http", "ws", 1)
        channel = create_connection(address, cookie=cookies, origin=self.hub.base)
        for cell in found["content"]["cells"]:
            if cell["cell_type"] == "code" and "code-track" not in cell["metadata"].get("tags", []):
                execute(channel, "".join(cell["source"]))
        said = execute(channel, ANSWER.format(answer=answer))
        channel.close()
        return said.strip()


def execute(channel, code: str) -> str:
    """Run code over a kernel's channels; what it prints. An error fails the test."""
    message = uuid.uuid4().hex
    content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
    header = {"msg_id": message, "msg_type": "execute_request", "session": "s", "version": "5.3"}
    header["username"] = ""
    channel.send(
        json.dumps(
            {
                "header": header,
                "parent_header": {},
                "metadata": {},
                "content": content,
                "channel": "shell",
            }
        )
    )
    printed, idle, replied = "", False, False
    while not (idle and replied):
        heard = json.loads(channel.recv())
        if heard["parent_header"].get("msg_id") != message:
            continue
        kind, content = heard["msg_type"], heard["content"]
        assert kind != "error", "\n".join(content["traceback"])
        if kind == "stream":
            printed += content["text"]
        idle = idle or (kind == "status" and content["execution_state"] == "idle")
        replied = replied or kind == "execute_reply"
    return printed


def test_ten_pupils_sign_in_run_a_lesson_and_answer_and_nobody_sees_anothers_work(hub):
    pupils = [Pupil(hub, name) for name in PUPILS]
    answers = {pupil.name: str(n) for n, pupil in enumerate(pupils, 1)}
    with ThreadPoolExecutor(len(pupils)) as together:
        list(together.map(Pupil.sign_in, pupils))
        said = list(together.map(lambda p: p.run_the_lesson(answers[p.name]), pupils))
    assert all(line.startswith(("Yes", "Not quite")) for line in said), said
    work = "api/contents/letters-to-pact/my_work/answers.json"
    for pupil, other in zip(pupils, [*pupils[1:], pupils[0]]):
        mine = json.loads(pupil.ask("GET", f"{pupil.home}/{work}").json()["content"])
        assert mine["answers"]["exercise"]["00-dates"]["value"] == int(answers[pupil.name])
        theirs = pupil.ask("GET", f"{other.home}/{work}", allow_redirects=False)
        assert theirs.status_code in (302, 403), f"{pupil.name} reads {other.name}"
        assert "answers" not in theirs.text
    held = sorted(hub.memory(name) / 2**20 for name in PUPILS)
    print(f"\nMemory of a pupil, server and kernel: {held[0]:.0f} to {held[-1]:.0f} MB")
    assert held[-1] < 1024, "the limit of docs/for-a-school.md"


def test_who_has_not_signed_in_reads_nobodys_work(hub):
    work = f"{hub.base}/user/{PUPILS[0]}/api/contents/letters-to-pact/my_work/answers.json"
    stranger = requests.get(work, allow_redirects=False)
    assert stranger.status_code in (302, 403)
