"""Wall seconds per stage, counts, and the one JSON line that the harness reads."""

import json
import os
import resource
import sys
import time
from contextlib import contextmanager

LAYERS = ("raw", "silver", "features", "gold")


class Stages:
    def __init__(self, peer: str, out: str):
        self.peer = peer
        self.seconds: dict[str, float] = {}
        for layer in LAYERS:
            os.makedirs(os.path.join(out, layer), exist_ok=True)

    @contextmanager
    def stage(self, name: str):
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start
        print(f"{self.peer} {name}: {self.seconds[name]:.3f} s", file=sys.stderr)

    def finish(self, counts: dict, overall: dict) -> None:
        accounted = sum(counts[k] for k in ("accepted", "duplicate", "quarantined", "ignored"))
        if accounted != counts["read"]:
            raise SystemExit(f"{accounted} of {counts['read']} records are accounted for")
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(json.dumps({
            "peer": self.peer,
            "stages": self.seconds,
            "peakBytes": peak * 1024,
            "counts": counts,
            "overall": overall,
        }))
