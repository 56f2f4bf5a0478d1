"""Published figures are what the result files say."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_results_page_and_readme_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.page", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}: run python -m bench.page"
