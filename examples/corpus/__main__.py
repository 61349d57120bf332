"""Write the corpus, one JSON object a line: `python -m examples.corpus [SEED] > corpus.jsonl`."""

from __future__ import annotations

import sys

import msgspec

from chalicelib.adapters.regulation_files import regulation
from examples.corpus.cases import SEED, corpus

if __name__ == "__main__":
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else SEED
    sys.stderr.write(f"seed {seed}\n")
    for case in corpus(regulation("hoa_binh"), seed):
        sys.stdout.buffer.write(msgspec.json.encode(case) + b"\n")
