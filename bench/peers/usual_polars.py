"""The bench's pipeline as one writes it in Polars from its manual: lazy between layers, the library's defaults.

usage: usual_polars.py INPUT OUT. Amounts are floats; records are kept as they were parsed, not as they were written.
"""

import sys
from datetime import date, timedelta

import numpy as np
import polars as pl

from segments import NAMES, SCALED, scaled, segment_ids
from stages import Stages

PERIOD, CHURN = timedelta(days=90), 90


def kpis(tx: pl.DataFrame, start: date, end: date) -> pl.DataFrame:
    """By segment, and -1 for the whole: CLV growth and churn at `end`, the rest within [start, end)."""
    day, amount = pl.col("day"), pl.col("amount")
    now = tx.filter(day < end)
    last = now.filter(amount >= 0).group_by("segment_id", "customer_id").agg(day.max())
    customers = last.group_by("segment_id").agg(
        customers=pl.len(), lost=((pl.lit(end) - day).dt.total_days() > CHURN).sum()
    )
    money = now.group_by("segment_id").agg(
        revenue=amount.filter(day >= start).sum(),
        orders=(amount.filter(day >= start) >= 0).sum(),
        clv=amount.sum(),
        before=amount.filter(day < end - PERIOD).sum(),
    )
    parts = customers.join(money, on="segment_id", how="full", coalesce=True).fill_null(0)
    parts = pl.concat([parts, parts.select(pl.lit(-1, pl.Int64).alias("segment_id"), pl.exclude("segment_id").sum())], how="vertical_relaxed")
    positive = lambda name: pl.when(pl.col(name) != 0).then(pl.col(name))
    whole = pl.col("revenue").filter(pl.col("segment_id") == -1).first()
    return parts.select(
        "segment_id", "customers", "orders", "revenue",
        clv_growth=(pl.col("clv") - pl.col("before")) / positive("before"),
        churn_rate=pl.col("lost") / positive("customers"),
        aov=pl.col("revenue") / positive("orders"),
        contribution=pl.col("revenue") / whole,
    )


def main(source: str, out: str) -> None:
    stages = Stages("Polars, as usual", out)
    raw_path, silver_path = f"{out}/raw/records.parquet", f"{out}/silver/transactions.parquet"
    with stages.stage("raw"):
        pl.scan_ndjson(source).sink_parquet(raw_path)
    with stages.stage("silver"):
        raw = pl.scan_parquet(raw_path)
        typed = raw.with_columns(
            pl.col("amount").cast(pl.Float64, strict=False),
            pl.col("timestamp").str.to_datetime(strict=False, time_zone="UTC").dt.replace_time_zone(None),
        )
        good = pl.all_horizontal(pl.col("customer_id", "amount", "timestamp").is_not_null())
        quarantine = typed.filter(~good).collect()
        quarantine.write_parquet(f"{out}/silver/quarantine.parquet")
        typed.filter(good).unique(["customer_id", "transaction_id"], keep="first").sink_parquet(silver_path)
        read, quarantined = raw.select(pl.len()).collect().item(), len(quarantine)
    with stages.stage("features"):
        tx = pl.read_parquet(silver_path).with_columns(day=pl.col("timestamp").dt.date())
        duplicate = read - quarantined - len(tx)
        as_of = tx["day"].max() + timedelta(days=1)
        bought = pl.col("amount") >= 0
        shares = (
            tx.filter(bought).pivot("category", index="customer_id", values="amount", aggregate_function="sum")
            .with_columns(pl.exclude("customer_id").fill_null(0).name.prefix("category_share_"))
        )
        shares = shares.select("customer_id", pl.col("^category_share_.*$"))
        features = (
            tx.group_by("customer_id").agg(
                first=pl.col("timestamp").filter(bought).min(),
                last=pl.col("timestamp").filter(bought).max(),
                frequency=bought.sum(),
                monetary=pl.col("amount").sum(),
                spent=pl.col("amount").filter(bought).sum(),
            )
            .filter(pl.col("frequency") > 0)
            .with_columns(
                recency_days=(pl.lit(as_of) - pl.col("last").dt.date()).dt.total_days(),
                tenure_days=(pl.lit(as_of) - pl.col("first").dt.date()).dt.total_days(),
                aov=pl.col("monetary") / pl.col("frequency"),
                interpurchase_days=pl.when(pl.col("frequency") > 1).then(
                    (pl.col("last") - pl.col("first")).dt.total_seconds() / 86400 / (pl.col("frequency") - 1)
                ),
            )
            .join(shares, on="customer_id", how="left")
            .with_columns(pl.col("^category_share_.*$") / pl.col("spent"))
            .sort("customer_id")
        )
        features.write_parquet(f"{out}/features/features.parquet")
        matrix = scaled([features[name].to_numpy() for name in SCALED])
        pl.DataFrame(matrix, schema=SCALED).with_columns(features["customer_id"]).write_parquet(f"{out}/features/features_scaled.parquet")
    with stages.stage("segments"):
        ids = segment_ids(matrix, features["monetary"].to_numpy()).astype(np.int64)
        segments = features.select("customer_id").with_columns(segment_id=ids, segment_name=np.array(NAMES)[ids])
        segments.write_parquet(f"{out}/gold/customer_segments.parquet")
    with stages.stage("kpis"):
        tx = tx.join(segments.select("customer_id", "segment_id"), on="customer_id")
        first = tx["day"].min()
        current = kpis(tx, first, as_of)
        current.write_parquet(f"{out}/gold/segment_kpis.parquet")
        months = pl.date_range(first.replace(day=1), as_of - timedelta(days=1), "1mo", eager=True)
        ends = months.dt.offset_by("1mo")
        monthly = [kpis(tx, month, min(end, as_of)).with_columns(month=month) for month, end in zip(months, ends)]
        pl.concat(monthly, how="vertical_relaxed").write_parquet(f"{out}/gold/segment_kpis_monthly.parquet")
    counts = {"read": read, "accepted": len(tx), "duplicate": duplicate, "quarantined": quarantined, "ignored": 0}
    whole = current.filter(pl.col("segment_id") == -1).row(0, named=True)
    names = ("customers", "orders", "revenue", "churn_rate", "clv_growth", "aov")
    stages.finish(counts, {name: whole[name] for name in names})


main(sys.argv[1], sys.argv[2])
