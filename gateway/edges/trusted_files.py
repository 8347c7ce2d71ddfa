"""Folders of files that an operator trusts: certificates, shapes."""

from pathlib import Path

from gateway.errors import Misconfigured

MAX_FILES = 200
MAX_FILE_BYTES = 4 * 1024 * 1024


def texts_in(folder: Path, setting: str, suffixes: tuple[str, ...]) -> dict[str, bytes]:
    """Read the files of a folder that end so; not those of folders in it.

    Args:
        setting: Which one names the folder.
        suffixes: Lower case, with the dot.

    Raises:
        Misconfigured: It is no folder, cannot be read, holds no such file, or more than anybody means.
    """
    try:
        found = {path.name: path for path in folder.iterdir() if path.suffix.lower() in suffixes and path.is_file()}
        if len(found) > MAX_FILES or any(path.stat().st_size > MAX_FILE_BYTES for path in found.values()):
            reason = f"holds more than {MAX_FILES} files, or one of more than {MAX_FILE_BYTES} bytes"
        elif not found:
            reason = f"holds no file that ends with {' or '.join(suffixes)}"
        else:
            return {name: found[name].read_bytes() for name in sorted(found)}
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
    raise Misconfigured(
        f"the folder {folder} {reason}", pointer=setting, fix=f"set {setting} to a folder with such files, or unset it"
    )
