"""What the repository holds, as git sees it: every file that is not ignored, committed or not yet."""

import ast
import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


@functools.cache
def files() -> tuple[Path, ...]:
    """All files, relative to the root."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(Path(name) for name in sorted(set(listed.stdout.split("\0"))) if name and (ROOT / name).is_file())


@functools.cache
def modules() -> dict[Path, ast.Module]:
    """All Python modules, parsed."""
    return {path: ast.parse((ROOT / path).read_text()) for path in files() if path.suffix == ".py"}


@functools.cache
def texts() -> dict[Path, str]:
    """All files that are UTF-8 text."""
    found = {}
    for path in files():
        data = (ROOT / path).read_bytes()
        if b"\0" not in data:
            found[path] = data.decode("utf-8", "replace")
    return found
