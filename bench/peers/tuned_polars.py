"""The bench's pipeline in Polars: lazy, streaming, every layer as Parquet. usage: tuned_polars.py INPUT OUT

Amounts are Decimal(18,4) throughout: Polars casts and sums them at nearly the speed of integers.
"""

import os
import sys

import numpy as np
import polars as pl

from kpis import NEVER, History, kpi_tables, overall
from segments import NAMES, SCALED, scaled, segment_ids
from stages import Stages

RECORD = pl.Struct({name: pl.String for name in ("transaction_id", "customer_id", "amount", "category", "timestamp")})
PLAIN_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)$"
MONEY = pl.Decimal(18, 4)
SILVER = ("transaction_id", "customer_id", "amount", "category", "occurred_at", "line_no", "batch")
PARQUET = {"compression": "lz4", "statistics": False}


def decode_tolerantly(lines: pl.Series) -> pl.Series:
    """Halves a block until the lines that are no record stand alone, and makes those null."""
    try:
        return lines.str.json_decode(RECORD)
    except pl.exceptions.ComputeError:
        if len(lines) == 1:
            return pl.Series(lines.name, [None], dtype=RECORD)
        half = len(lines) // 2
        return pl.concat([decode_tolerantly(lines[:half]), decode_tolerantly(lines[half:])])


def parsed(lines: pl.LazyFrame, tolerant: bool) -> pl.LazyFrame:
    line = pl.col("line")
    decoded = (
        line.map_batches(decode_tolerantly, return_dtype=RECORD, is_elementwise=True)
        if tolerant
        else line.str.json_decode(RECORD)
    )
    amount = pl.col("amount").str.strip_chars()
    return (
        lines.filter(line.str.len_bytes() > 0)
        .with_columns(decoded.alias("record"))
        .unnest("record")
        .with_columns(
            pl.when(amount.str.contains(PLAIN_NUMBER)).then(amount).cast(MONEY, strict=False).alias("amount"),
            pl.col("timestamp").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", strict=False, time_unit="us").alias("occurred_at"),
        )
    )


HAS_CUSTOMER = pl.col("customer_id").str.len_bytes() > 0
CLEAN = (HAS_CUSTOMER & pl.col("amount").is_not_null() & pl.col("occurred_at").is_not_null()).fill_null(False)
# A record without an id is itself by its position. Equal hashes are only suspects: settle() compares the identities.
POSITION = pl.when(pl.col("transaction_id").is_null()).then("line_no").alias("position")
IDENTITY_HASH = pl.struct("customer_id", "transaction_id", POSITION).hash().alias("identity")


def land(source: str, out: str) -> int:
    lines = pl.scan_lines(source, row_index_name="line_no", row_index_offset=1)
    path = f"{out}/raw/records.parquet"
    lines.with_columns(file=pl.lit(source), batch=pl.lit(1, pl.Int32)).sink_parquet(path, **PARQUET)
    return pl.scan_parquet(path).select(pl.len()).collect().item()


def parse(source: str, out: str, read: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The clean rows to disk; gives their identities' hashes, and the rest. The source is in the page cache: to
    read it again was faster, and lighter, than to read raw back, or to sink both in one pass."""
    silver = f"{out}/silver/transactions.parquet"
    lines = pl.scan_lines(source, row_index_name="line_no", row_index_offset=1).with_columns(batch=pl.lit(1, pl.Int32))
    rows = parsed(lines, tolerant=False)
    try:
        rows.filter(CLEAN).select(SILVER).sink_parquet(silver, **PARQUET)
    except pl.exceptions.ComputeError:
        rows = parsed(lines, tolerant=True)
        rows.filter(CLEAN).select(SILVER).sink_parquet(silver, **PARQUET)
    identities = pl.scan_parquet(silver).select("line_no", IDENTITY_HASH).collect(engine="streaming")
    rest = rows.filter(~CLEAN) if len(identities) < read else rows.head(0)
    return identities, rest.collect(engine="streaming")


def settle(out: str, identities: pl.DataFrame, rest: pl.DataFrame) -> tuple[int, int, int]:
    """Other notations of time, then duplicates and conflicts; gives the accepted, duplicate and quarantined."""
    silver = f"{out}/silver/transactions.parquet"
    iso = pl.col("timestamp").str.to_datetime("%+", strict=False, time_unit="us", time_zone="UTC")
    naive = pl.col("timestamp").str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", strict=False, time_unit="us", time_zone="UTC")
    rest = rest.with_columns(pl.coalesce(iso, naive).dt.replace_time_zone(None).alias("occurred_at"))
    repaired = rest.filter(CLEAN)
    malformed = pl.all_horizontal(pl.col(name).is_null() for name in ("customer_id", "amount", "timestamp"))
    reason = (
        pl.when(malformed).then(pl.lit("malformed"))
        .when(~HAS_CUSTOMER.fill_null(False)).then(pl.lit("customer"))
        .when(pl.col("amount").is_null()).then(pl.lit("amount"))
        .otherwise(pl.lit("timestamp"))
    )
    quarantined = rest.filter(~CLEAN).select("line_no", "line", reason.alias("reason"))
    accepted = len(identities) + len(repaired)
    duplicates = 0
    if len(repaired) or identities["identity"].n_unique() < len(identities):
        rows = pl.concat([pl.scan_parquet(silver), repaired.lazy().select(SILVER)])
        if len(repaired):
            hashes = repaired.select("line_no", IDENTITY_HASH)
            identities = pl.concat([identities, hashes])
        suspects = identities.filter(pl.col("identity").is_duplicated()).select("line_no")
        content = pl.struct("amount", "category", "occurred_at")
        again = (
            rows.join(suspects.lazy(), on="line_no", how="semi").sort("line_no")
            .with_columns(POSITION)
            .with_columns(first=pl.col("line_no").first().over("customer_id", "transaction_id", "position"),
                          same=(content == content.first()).over("customer_id", "transaction_id", "position"))
            .filter(pl.col("line_no") != pl.col("first"))
            .select("line_no", "same").collect()
        )
        rows.join(again.lazy(), on="line_no", how="anti").sink_parquet(f"{silver}.new", **PARQUET)
        os.replace(f"{silver}.new", silver)
        conflicts = again.filter(~pl.col("same")).select("line_no")
        of_conflicts = (
            pl.scan_parquet(f"{out}/raw/records.parquet").join(conflicts.lazy(), on="line_no", how="semi")
            .select("line_no", "line", pl.lit("conflict").alias("reason")).collect()
        )
        quarantined = pl.concat([quarantined, of_conflicts])
        accepted -= len(again)
        duplicates = len(again) - len(conflicts)
    quarantined.write_parquet(f"{out}/silver/quarantine.parquet")
    return accepted, duplicates, len(quarantined)


def features_of(silver: pl.LazyFrame, as_of: int) -> pl.DataFrame:
    """One row a customer with a purchase, in the order of their ids."""
    amount, at = pl.col("amount"), pl.col("occurred_at")
    bought = amount >= 0
    sums = silver.group_by("customer_id").agg(
        at.filter(bought).min().alias("first_purchase_at"),
        at.filter(bought).max().alias("last_purchase_at"),
        bought.sum().alias("frequency"),
        (~bought).sum().alias("refunds"),
        amount.sum().alias("monetary"),
        amount.filter(bought).sum().cast(pl.Float64).alias("spent"),
    )
    by_category = silver.filter(bought).group_by("customer_id", "category").agg(amount.sum().alias("spent"))
    totals, spent = pl.collect_all([sums, by_category], engine="streaming")
    wide = spent.drop_nulls("category").pivot("category", index="customer_id", values="spent", aggregate_function=None)
    categories = sorted(wide.columns[1:])
    share = lambda c: pl.when(pl.col("spent") != 0).then(pl.col(c).cast(pl.Float64) / pl.col("spent")).fill_null(0)
    days_ago = lambda when: pl.lit(as_of, pl.Int32) - pl.col(when).dt.date().to_physical()
    span = (pl.col("last_purchase_at") - pl.col("first_purchase_at")).dt.total_microseconds()
    return (
        totals.lazy().filter(pl.col("frequency") > 0)
        .join(wide.lazy(), on="customer_id", how="left")
        .with_columns(
            pl.lit(as_of, pl.Int32).cast(pl.Date).alias("as_of"),
            days_ago("last_purchase_at").alias("recency_days"),
            days_ago("first_purchase_at").alias("tenure_days"),
            (pl.col("monetary").cast(pl.Float64) / pl.col("frequency")).alias("aov"),
            pl.when(pl.col("frequency") > 1).then(span / 86_400_000_000 / (pl.col("frequency") - 1)).alias("interpurchase_days"),
            *(share(c).alias(f"category_share_{c}") for c in categories),
        )
        .drop(*categories, "spent").sort("customer_id").collect()
    )


def history_of(silver: pl.LazyFrame, features: pl.DataFrame, segment: np.ndarray, as_of: int) -> History:
    """Money and orders by segment and day, the last purchase by customer and month."""
    known = features.select("customer_id").with_columns(
        pl.Series("segment", segment), pl.int_range(pl.len(), dtype=pl.UInt32).alias("customer")
    )
    day, amount = pl.col("occurred_at").dt.date(), pl.col("amount")
    rows = silver.join(known.lazy(), on="customer_id").select(
        "customer", "segment", "amount", day.alias("day"),
    )
    month = (pl.col("day").dt.year() * 12 + pl.col("day").dt.month()).alias("month")
    daily, monthly = pl.collect_all(
        [
            rows.group_by("segment", "day").agg(amount.sum(), (amount >= 0).sum().alias("orders")),
            rows.filter(amount >= 0).group_by("customer", month).agg(pl.col("day").max()),
        ],
        engine="streaming",
    )
    days = daily["day"].to_physical().to_numpy()
    first_day = int(days.min())
    months = daily.select(month)["month"]
    shape = (int(segment.max()) + 1, as_of - first_day)
    money, orders = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    cell = (daily["segment"].to_numpy(), days - first_day)
    money[cell] = daily["amount"].to_physical().cast(pl.Int64).to_numpy()
    orders[cell] = daily["orders"].to_numpy()
    last = np.full((len(features), months.max() - months.min() + 1), NEVER, dtype=np.int32)
    last[monthly["customer"].to_numpy(), monthly["month"].to_numpy() - months.min()] = (
        monthly["day"].to_physical().to_numpy()
    )
    return History(money, orders, first_day, as_of, segment, last)


def write_kpis(columns: dict, path: str) -> None:
    pl.DataFrame(columns).with_columns(
        pl.when(pl.col("segment_id") >= 0).then("segment_id").alias("segment_id"),
        pl.col(pl.Float64).fill_nan(None),
    ).write_parquet(path)


def main(source: str, out: str) -> None:
    stages = Stages("polars", out)
    with stages.stage("raw"):
        read = land(source, out)
    with stages.stage("silver"):
        identities, rest = parse(source, out, read)
        ignored = read - len(identities) - len(rest)
        accepted, duplicate, quarantined = settle(out, identities, rest)
        del identities, rest
    silver = pl.scan_parquet(f"{out}/silver/transactions.parquet")
    with stages.stage("features"):
        newest = silver.select(pl.col("occurred_at").max().dt.date().to_physical()).collect(engine="streaming").item()
        as_of = newest + 1
        features = features_of(silver, as_of)
        features.write_parquet(f"{out}/features/features.parquet")
        matrix = scaled([features[name].cast(pl.Float64).to_numpy() for name in SCALED])
        pl.DataFrame(matrix, schema=SCALED).insert_column(0, features["customer_id"]).write_parquet(
            f"{out}/features/features_scaled.parquet"
        )
    with stages.stage("segments"):
        segment = segment_ids(matrix, features["monetary"].cast(pl.Float64).to_numpy())
        features.select("customer_id", "as_of").with_columns(
            pl.Series("segment_id", segment), pl.Series("segment_name", np.array(NAMES)[segment])
        ).write_parquet(f"{out}/gold/customer_segments.parquet")
    with stages.stage("kpis"):
        current, monthly = kpi_tables(history_of(silver, features, segment, as_of))
        write_kpis(current, f"{out}/gold/segment_kpis.parquet")
        write_kpis(monthly, f"{out}/gold/segment_kpis_monthly.parquet")
    stages.finish(
        {"read": read, "accepted": accepted, "duplicate": duplicate, "quarantined": quarantined, "ignored": ignored},
        overall(current),
    )


main(sys.argv[1], sys.argv[2])
