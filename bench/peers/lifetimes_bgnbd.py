"""BG/NBD of lifetimes on the first customers of a file. Prints the seconds of the fit and its log-likelihood as JSON.

usage: lifetimes_bgnbd.py COLUMNS CUSTOMERS LIMIT; the file has frequency, recency and age one after the other, Float64.
A fit that takes more than LIMIT seconds is given up: seconds is null then.
"""

import json
import signal
import sys
import time

import numpy as np
from lifetimes import BetaGeoFitter


class TooSlow(Exception):
    pass


def give_up(*_: object) -> None:
    raise TooSlow


def main(path: str, customers: int, limit: int) -> None:
    frequency, recency, age = (np.ascontiguousarray(column[:customers]) for column in np.fromfile(path).reshape(3, -1))
    fitter = BetaGeoFitter()
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(limit)
    start = time.perf_counter()
    try:
        fitter.fit(frequency, recency, age)
        seconds = time.perf_counter() - start
        signal.alarm(0)
    except TooSlow:
        print(json.dumps({"seconds": None}))
        return
    # Its own formula at its own parameters; what it keeps itself is of scaled times and a mean.
    logs = np.log(fitter.params_.to_numpy())
    mean = fitter._negative_log_likelihood(logs, frequency, recency, age, np.ones(customers), 0.0)
    print(json.dumps({
        "seconds": seconds,
        "logLikelihood": -float(mean) * customers,
        "parameters": fitter.params_.to_dict(),
    }))


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
