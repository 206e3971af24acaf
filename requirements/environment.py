"""Print environment.yml: for conda users, Python and exactly the versions of run.lock."""

from pathlib import Path

LOCK = Path(__file__).with_name("run.lock")

HEAD = """\
# Written by `make lock` from requirements/run.lock: do not edit.
name: bolib
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
"""


def pins(lock: str) -> list[str]:
    """Return the lines `name==version ; marker` of a lock, without hashes."""
    lines = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    return [line.removesuffix("\\").strip() for line in lines]


if __name__ == "__main__":
    print(HEAD + "\n".join(f'    - "{pin}"' for pin in pins(LOCK.read_text(encoding="utf-8"))) + '\n    - "-e ."')
