"""The exact silhouette of scikit-learn. Prints its seconds and its value as JSON.

usage: sklearn_silhouette.py POINTS COLUMNS LABELS; points are Float64, row-major, labels Int32.
"""

import json
import sys
import time

import numpy as np
from sklearn.metrics import silhouette_score


def main(path: str, columns: int, labels_path: str) -> None:
    points = np.fromfile(path).reshape(-1, columns)
    labels = np.fromfile(labels_path, dtype=np.int32)
    start = time.perf_counter()
    silhouette = silhouette_score(points, labels)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "silhouette": float(silhouette)}))


main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
