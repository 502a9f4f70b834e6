"""The documents hold: the examples of docs/api.md run as they stand, and the tests that docs/dialect.md names exist.

In: the fenced blocks of the page, each language from top to bottom, and an empty installation.
Out: a failure that names the first example that does not work, or the tests that are gone.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap

import pytest

from conftest import free_port, start, stop

ROOT = pathlib.Path(__file__).parents[2]
WRITTEN_FOR = "http://127.0.0.1:8080"
BLOCK = re.compile(r"^( *)```(sh|js|py)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
# An answer of 400 and above ends the script.
SHELL = 'set -euo pipefail\ncurl() { command curl --fail-with-body "$@"; }\n'


@pytest.fixture(scope="module")
def empty():
    """A server that nobody has signed up on yet."""
    folder = tempfile.mkdtemp(prefix="rapport-docs-")
    os.chmod(folder, 0o755)
    url = f"http://127.0.0.1:{free_port()}"
    arguments = ["serve", "--listen", url.removeprefix("http://"), "--data-dir", folder]
    process = start(arguments, url + "/readyz", lambda answer: answer.is_success)
    yield url
    stop(process)
    shutil.rmtree(folder, ignore_errors=True)


def blocks(language: str, url: str) -> str:
    page = (ROOT / "docs/api.md").read_text()
    found = [textwrap.dedent(match[1] + match[3]) for match in BLOCK.finditer(page) if match[2] == language]
    assert found, f"no example in {language}"
    return "\n".join(found).replace(WRITTEN_FOR, url)


def run(command: list[str], text: str, **options) -> None:
    done = subprocess.run(command, input=text, text=True, capture_output=True, timeout=60, **options)
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


# The shell comes first: its first example makes the account that all sign in with.
@pytest.mark.parametrize("language", ["sh", "js", "py"])
def test_the_examples_of_the_page_run_as_they_stand(empty, language):
    text = blocks(language, empty)
    if language == "sh":
        run(["bash", "-x"], SHELL + text)
    elif language == "js":
        node = ROOT / "e2e/node_modules/.bin/node"
        run([str(node), "--input-type=module"], text + "\nprocess.exit()", cwd=ROOT / "e2e")
    else:
        run([sys.executable, "-"], text)


TESTS = ["crates/query/tests/it", "crates/server/tests", "crates/server/tests/http", "e2e/clients/data", "e2e/python"]


def test_the_tests_that_the_page_names_exist():
    named = re.findall(r"`([\w.]+\.(?:rs|ts|py)):([^`]+)`", (ROOT / "docs/dialect.md").read_text())
    assert len(named) > 50
    files = {path.name: path for folder in TESTS for path in (ROOT / folder).iterdir() if path.is_file()}
    gone = [f"{file}:{name}" for file, name in named if file not in files or name not in files[file].read_text()]
    assert gone == []


def test_every_error_that_the_page_lists_is_provoked():
    listed = set(re.findall(r"`(PGRST\d{3})`", (ROOT / "docs/dialect.md").read_text()))
    tests = [(ROOT / "e2e/python" / name).read_text() for name in ("test_errors.py", "test_outages.py")]
    provoked = set(re.findall(r'"(PGRST\d{3})"', "".join(tests)))
    assert len(listed) > 30 and listed <= provoked, listed - provoked
