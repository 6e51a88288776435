"""The bench's pipeline as a notebook or an Airflow task has it: whole frames, vectorised, the library's defaults.

usage: usual_pandas.py INPUT OUT. Amounts are floats; records are kept as they were parsed, not as they were written.
"""

import sys

import numpy as np
import pandas as pd

from segments import NAMES, SCALED, scaled, segment_ids
from stages import Stages

PERIOD, CHURN = pd.Timedelta(days=90), 90


def kpis(tx: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """By segment, and -1 for the whole: CLV growth and churn at `end`, the rest within [start, end)."""
    now = tx[tx["timestamp"] < end]
    bought = now[now["amount"] >= 0]
    last = bought.groupby(["segment_id", "customer_id"], observed=True)["day"].max().reset_index()
    last["lost"] = (end - last["day"]).dt.days > CHURN
    within = now[now["timestamp"] >= start]
    parts = pd.DataFrame({
        "customers": last.groupby("segment_id").size(),
        "lost": last.groupby("segment_id")["lost"].sum(),
        "revenue": within.groupby("segment_id")["amount"].sum(),
        "orders": within[within["amount"] >= 0].groupby("segment_id").size(),
        "clv": now.groupby("segment_id")["amount"].sum(),
        "before": now[now["timestamp"] < end - PERIOD].groupby("segment_id")["amount"].sum(),
    }).fillna(0)
    parts.loc[-1] = parts.sum()
    return pd.DataFrame({
        "customers": parts["customers"].astype(int),
        "orders": parts["orders"].astype(int),
        "revenue": parts["revenue"],
        "clv_growth": (parts["clv"] - parts["before"]) / parts["before"].replace(0, np.nan),
        "churn_rate": parts["lost"] / parts["customers"].replace(0, np.nan),
        "aov": parts["revenue"] / parts["orders"].replace(0, np.nan),
        "contribution": parts["revenue"] / parts.loc[-1, "revenue"],
    }).rename_axis("segment_id").reset_index()


def main(source: str, out: str) -> None:
    stages = Stages("pandas, as usual", out)
    with stages.stage("raw"):
        raw = pd.read_json(source, lines=True, engine="pyarrow")
        raw.to_parquet(f"{out}/raw/records.parquet")
    with stages.stage("silver"):
        read = len(raw)
        raw["amount"] = pd.to_numeric(raw["amount"], errors="coerce")
        raw["timestamp"] = pd.to_datetime(raw["timestamp"], errors="coerce", utc=True, format="ISO8601").dt.tz_localize(None)
        bad = raw[["customer_id", "amount", "timestamp"]].isna().any(axis=1)
        quarantine = raw[bad]
        quarantine.to_parquet(f"{out}/silver/quarantine.parquet")
        clean = raw[~bad]
        tx = clean.drop_duplicates(["customer_id", "transaction_id"])
        duplicate = len(clean) - len(tx)
        tx.to_parquet(f"{out}/silver/transactions.parquet")
        del raw, clean
    with stages.stage("features"):
        as_of = tx["timestamp"].max().normalize() + pd.Timedelta(days=1)
        tx["day"] = tx["timestamp"].dt.normalize()
        bought = tx[tx["amount"] >= 0]
        by_customer = bought.groupby("customer_id")
        features = by_customer.agg(first=("timestamp", "min"), last=("timestamp", "max"), frequency=("amount", "size"), spent=("amount", "sum"))
        features["monetary"] = tx.groupby("customer_id")["amount"].sum()
        features["recency_days"] = (as_of - features["last"].dt.normalize()).dt.days
        features["tenure_days"] = (as_of - features["first"].dt.normalize()).dt.days
        features["aov"] = features["monetary"] / features["frequency"]
        span = (features["last"] - features["first"]).dt.total_seconds() / 86400
        features["interpurchase_days"] = span / (features["frequency"] - 1).replace(0, np.nan)
        shares = bought.pivot_table(index="customer_id", columns="category", values="amount", aggfunc="sum", fill_value=0)
        features = features.join(shares.div(features["spent"], axis=0).add_prefix("category_share_"))
        features.to_parquet(f"{out}/features/features.parquet")
        matrix = scaled([features[name] for name in SCALED])
        pd.DataFrame(matrix, columns=SCALED, index=features.index).to_parquet(f"{out}/features/features_scaled.parquet")
    with stages.stage("segments"):
        ids = pd.Series(segment_ids(matrix, features["monetary"].to_numpy()), index=features.index, name="segment_id").astype(int)
        pd.DataFrame({"segment_id": ids, "segment_name": np.array(NAMES)[ids]}).to_parquet(f"{out}/gold/customer_segments.parquet")
    with stages.stage("kpis"):
        tx = tx.merge(ids, left_on="customer_id", right_index=True)
        current = kpis(tx, tx["day"].min(), as_of)
        current.to_parquet(f"{out}/gold/segment_kpis.parquet")
        months = pd.date_range(tx["day"].min().replace(day=1), as_of - pd.Timedelta(days=1), freq="MS")
        monthly = [kpis(tx, month, min(month + pd.offsets.MonthBegin(1), as_of)).assign(month=month) for month in months]
        pd.concat(monthly).to_parquet(f"{out}/gold/segment_kpis_monthly.parquet")
    counts = {"read": read, "accepted": len(tx), "duplicate": duplicate, "quarantined": len(quarantine), "ignored": 0}
    whole = current.set_index("segment_id").loc[-1]
    names = ("customers", "orders", "revenue", "churn_rate", "clv_growth", "aov")
    stages.finish(counts, {name: whole[name].item() for name in names})


main(sys.argv[1], sys.argv[2])
