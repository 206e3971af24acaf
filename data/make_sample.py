"""Write the sample day: `python data/make_sample.py [--source ../shared/data] [--out data/sample]`.

The source folder holds the real prices, rates and complaints named in data/README.md. The same source
gives the same bytes; a test proves it wherever the source is present.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generator.readme import readme  # noqa: E402
from generator.sample import build, save  # noqa: E402

HOME = Path(__file__).resolve().parent


def main() -> None:
    """Write the files of the sample day and the README that describes them."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--source", type=Path, default=HOME.parent.parent / "shared" / "data", help="folder of the real input"
    )
    arguments.add_argument("--out", type=Path, default=HOME / "sample", help="folder to write to")
    given = arguments.parse_args()
    sample = build(given.source)
    save(sample, given.out)
    (given.out.parent / "README.md").write_text(readme(sample, given.out), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
