"""The hub of tests/hub: anybody may sign in, each with a home of their own and a copy of the
casebook in it, as nbgitpuller would bring it. Its places come by environment variables.
"""

import os
import shutil
from pathlib import Path

HOUSE, PLACE = Path(os.environ["HUB_HOUSE"]), Path(os.environ["HUB_PLACE"])
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "my_work", "edition")


def bring_the_casebook(spawner):
    """Copy the lessons into the learner's home, once."""
    home = PLACE / "homes" / spawner.user.name / "letters-to-pact"
    for name in ("notebooks", "data", "seeds"):
        if not (home / name).exists():
            shutil.copytree(HOUSE / name, home / name, ignore=LEFT_OUT)


c = globals()["c"]  # given by JupyterHub
c.JupyterHub.bind_url = os.environ["HUB_ADDRESS"]
c.JupyterHub.hub_port = int(os.environ["HUB_PORT"])
c.JupyterHub.db_url = f"sqlite:///{PLACE / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(PLACE / "cookie_secret")
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.DummyAuthenticator.password = os.environ["HUB_PASSWORD"]
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(PLACE / "homes" / "{username}")
c.Spawner.pre_spawn_hook = bring_the_casebook
c.Spawner.start_timeout = 600
c.Spawner.http_timeout = 600
c.Spawner.args = ["--allow-root"]
c.ConfigurableHTTPProxy.command = os.environ["HUB_PROXY"].split("|")
c.ConfigurableHTTPProxy.api_url = os.environ["HUB_PROXY_API"]
