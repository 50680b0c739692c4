"""The desk's settings for the type checker, which has no node: an empty one in a scratch folder."""

import os
import tempfile
from pathlib import Path

from comity.node.home import Home, Settings

_scratch = tempfile.mkdtemp(prefix="comity-types-")
Home(Path(_scratch) / "node").create(Settings(host="types.example"), os.urandom)
os.environ["COMITY_HOME"] = f"{_scratch}/node"

from comity.desk.settings import *  # noqa: E402, F403  # every setting, after COMITY_HOME is set
