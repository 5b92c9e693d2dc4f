"""The same bytes from clusters. They talk over sockets of this machine, which other tests refuse."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import OFFLINE
from tests.examples import REPOSITORY


@pytest.mark.slow
@pytest.mark.heavy
@pytest.mark.parametrize("run", ["dask_run", "spark_run"])
def test_a_cluster_gives_what_one_process_gives(run):
    """Needs the extras `dask` and `spark`, and Java for Spark."""
    paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path not in ("", OFFLINE)]
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", f"tests.clusters.{run}"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *paths])},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert (ran.returncode, ran.stdout.splitlines()[-1:]) == (0, ["all the same"]), ran.stderr[-3000:]
