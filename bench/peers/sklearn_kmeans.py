"""K-Means of scikit-learn for each k. Prints the seconds of the fits alone, and the inertias, as JSON.

usage: sklearn_kmeans.py POINTS COLUMNS KS RESTARTS SEED; points are Float64, row-major; KS as 2,3,4.
"""

import json
import sys
import time

import numpy as np
from sklearn.cluster import KMeans


def main(path: str, columns: int, ks: list[int], restarts: int, seed: int) -> None:
    points = np.fromfile(path).reshape(-1, columns)
    start = time.perf_counter()
    models = [KMeans(n_clusters=k, n_init=restarts, random_state=seed).fit(points) for k in ks]
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "inertias": [float(model.inertia_) for model in models]}))


main(sys.argv[1], int(sys.argv[2]), [int(k) for k in sys.argv[3].split(",")], int(sys.argv[4]), int(sys.argv[5]))
