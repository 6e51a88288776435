"""The bench's pipeline in pandas, read through PyArrow, every layer as Parquet. usage: tuned_pandas.py INPUT OUT

Amounts are Decimal(18,4) in Parquet and integer ten-thousandths in pandas: exact, and summed as fast as integers are.
"""

import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kpis import NEVER, History, kpi_tables, overall
from read_bank import PARQUET, SILVER, Landed, encoded, land
from segments import NAMES, SCALED, scaled, segment_ids
from stages import Stages

DAY_US = 86_400_000_000


def without_repeats(table: pa.Table, landed: Landed, raw: str) -> tuple[pa.Table, int]:
    """The first of each identity; the same content again is a duplicate, other content a conflict."""
    ids = table["transaction_id"]
    # If every transaction id is its own, no pair of customer and id repeats.
    if ids.null_count == 0 and pc.count_distinct(ids).as_py() == len(table):
        return table, 0
    rows = table.select(["customer_id", "transaction_id", "amount", "category", "timestamp", "line_no"]).to_pandas(
        types_mapper={pa.string(): pd.StringDtype("pyarrow"), SILVER.field("amount").type: pd.ArrowDtype(SILVER.field("amount").type)}.get
    )
    position = rows["line_no"].where(rows["transaction_id"].isna(), 0)
    identity = [rows["customer_id"], rows["transaction_id"].fillna(""), position]
    suspect = pd.concat(identity, axis=1).duplicated(keep=False).to_numpy()
    few = rows[suspect].assign(position=position[suspect]).sort_values("line_no")
    few["customer_id"] = few["customer_id"].astype(str)
    key = ["customer_id", "transaction_id", "position"]
    content = ["amount", "category", "timestamp"]
    few[content] = few[content].astype(str)
    groups = few.groupby(key, sort=False, dropna=False)
    same = (few[content] == groups[content].transform("first")).all(axis=1)
    again = groups.cumcount() > 0
    conflicts = few.loc[again & ~same, "line_no"]
    if len(conflicts):
        lines = pq.read_table(raw, columns=["line_no", "line"], filters=pc.field("line_no").isin(conflicts.to_list()))
        landed.quarantined += [(r["line_no"], r["line"], "conflict") for r in lines.to_pylist()]
    keep = np.ones(len(table), dtype=bool)
    keep[few.index[again]] = False
    return table.filter(pa.array(keep)), int((again & same).sum())


def ten_thousandths(amounts: pa.ChunkedArray) -> np.ndarray:
    """The low words of 128-bit decimals: at most 18 digits fit 64 bits."""
    words = [np.frombuffer(c.buffers()[1], np.int64)[2 * c.offset : 2 * (c.offset + len(c)) : 2] for c in amounts.chunks]
    return np.concatenate(words)


def frame_of(table: pa.Table) -> pd.DataFrame:
    frame = table.select(["customer_id", "category"]).to_pandas()
    frame["amount"] = ten_thousandths(table["amount"])
    frame["at"] = table["timestamp"].cast(pa.int64()).to_numpy()
    frame["day"] = (frame["at"] // DAY_US).astype("int32")
    return frame


def spent_by_category(purchases: pd.DataFrame) -> pd.DataFrame:
    """Customers x categories. One integer key: pandas groups by two categoricals at a quarter of the speed."""
    customer, category = purchases["customer_id"].cat, purchases["category"].cat
    width = len(category.categories)
    key = customer.codes.to_numpy().astype(np.int64) * width + category.codes.to_numpy()
    kept = category.codes.to_numpy() >= 0
    amount = purchases["amount"] if kept.all() else purchases["amount"][kept]
    sums = amount.groupby(key[kept], sort=False).sum()
    wide = np.zeros(len(customer.categories) * width, dtype=np.int64)
    wide[sums.index] = sums
    names = [f"category_share_{name}" for name in category.categories]
    return pd.DataFrame(wide.reshape(-1, width), columns=names, index=pd.CategoricalIndex(customer.categories, customer.categories))


def features_of(frame: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """One row a customer with a purchase; monetary is still in ten-thousandths."""
    bought = frame["amount"] >= 0
    purchases = frame[bought]
    by_customer = purchases.groupby("customer_id", observed=False, sort=False)
    features = by_customer["at"].agg(["min", "max", "size"])
    features.columns = ["first_purchase_at", "last_purchase_at", "frequency"]
    refunds = frame[~bought].groupby("customer_id", observed=False, sort=False)["amount"].agg(["sum", "size"])
    features["refunds"] = refunds["size"]
    features["monetary"] = by_customer["amount"].sum() + refunds["sum"]
    spent = spent_by_category(purchases)
    features = features.assign(spent=by_customer["amount"].sum())
    features = features[features["frequency"] > 0]
    total = features.pop("spent")
    shares = spent.loc[features.index].div(total.replace(0, np.nan), axis=0).fillna(0.0)
    span = features["last_purchase_at"] - features["first_purchase_at"]
    features = features.assign(
        recency_days=as_of - features["last_purchase_at"] // DAY_US,
        tenure_days=as_of - features["first_purchase_at"] // DAY_US,
        aov=features["monetary"] / 10_000 / features["frequency"],
        interpurchase_days=span / DAY_US / (features["frequency"] - 1).replace(0, np.nan),
    )
    return features.join(shares)


def written(features: pd.DataFrame, as_of: int, path: str) -> None:
    out = features.assign(
        monetary=features["monetary"] / 10_000,
        first_purchase_at=features["first_purchase_at"].astype("datetime64[us]"),
        last_purchase_at=features["last_purchase_at"].astype("datetime64[us]"),
        as_of=np.datetime64(as_of, "D"),
    )
    out.index = out.index.astype(str)
    out.reset_index().to_parquet(path)


def history_of(frame: pd.DataFrame, features: pd.DataFrame, segment: np.ndarray, as_of: int) -> History:
    """Money and orders by segment and day, the last purchase by customer and month."""
    code = frame["customer_id"].cat.codes.to_numpy()
    place = np.full(len(frame["customer_id"].cat.categories), -1, dtype=np.int32)
    known = frame["customer_id"].cat.categories.get_indexer(features.index)
    place[known] = np.arange(len(features), dtype=np.int32)
    customer = place[code]
    inside = customer >= 0
    day, amount = frame["day"].to_numpy(), frame["amount"].to_numpy()
    if not inside.all():
        customer, day, amount = customer[inside], day[inside], amount[inside]
    bought = amount >= 0
    first_day, days = int(day.min()), as_of - int(day.min())
    shape = (int(segment.max()) + 1, days)
    cell = segment[customer].astype(np.int64) * days + (day - first_day)
    sums = pd.DataFrame({"cell": cell, "amount": amount, "orders": bought}).groupby("cell", sort=False).sum()
    money, orders = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    money.flat[sums.index], orders.flat[sums.index] = sums["amount"], sums["orders"]
    month_of_day = np.arange(first_day, as_of).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    months = month_of_day - month_of_day[0]
    width = int(months[-1]) + 1
    last = np.full(len(features) * width, NEVER, dtype=np.int32)
    bought_day = day[bought]
    np.maximum.at(last, customer[bought] * width + months[bought_day - first_day], bought_day)
    return History(money, orders, first_day, as_of, segment, last.reshape(len(features), width))


def write_kpis(columns: dict, path: str) -> None:
    table = pd.DataFrame(columns)
    table["segment_id"] = table["segment_id"].astype("Int64").where(table["segment_id"] >= 0)
    table.to_parquet(path)


def main(source: str, out: str) -> None:
    stages = Stages("pandas", out)
    raw = f"{out}/raw/records.parquet"
    with stages.stage("raw and parse"):
        landed = land(source, raw)
    with stages.stage("silver"):
        table = pa.concat_tables(landed.tables) if landed.tables else encoded(SILVER.empty_table())
        table = table.unify_dictionaries()
        landed.tables.clear()
        table, duplicate = without_repeats(table, landed, raw)
        dictionaries = ["customer_id", "category"]
        pq.write_table(table, f"{out}/silver/transactions.parquet", use_dictionary=dictionaries, **PARQUET)
        number, line, reason = zip(*landed.quarantined) if landed.quarantined else ((), (), ())
        pd.DataFrame({"line_no": number, "line": line, "reason": reason}).to_parquet(f"{out}/silver/quarantine.parquet")
        frame = frame_of(table)
        del table
    with stages.stage("features"):
        as_of = int(frame["day"].max()) + 1
        features = features_of(frame, as_of)
        written(features, as_of, f"{out}/features/features.parquet")
        monetary = features["monetary"].to_numpy() / 10_000
        matrix = scaled([features["recency_days"], features["frequency"], monetary])
        ids = features.index.astype(str)
        pd.DataFrame(matrix, columns=SCALED, index=ids).reset_index().to_parquet(f"{out}/features/features_scaled.parquet")
    with stages.stage("segments"):
        segment = segment_ids(matrix, monetary)
        names = np.array(NAMES)[segment]
        pd.DataFrame(
            {"customer_id": ids, "segment_id": segment, "segment_name": names, "as_of": np.datetime64(as_of, "D")}
        ).to_parquet(f"{out}/gold/customer_segments.parquet")
    with stages.stage("kpis"):
        current, monthly = kpi_tables(history_of(frame, features, segment, as_of))
        write_kpis(current, f"{out}/gold/segment_kpis.parquet")
        write_kpis(monthly, f"{out}/gold/segment_kpis_monthly.parquet")
    stages.finish(
        {
            "read": landed.read,
            "accepted": len(frame),
            "duplicate": duplicate,
            "quarantined": len(landed.quarantined),
            "ignored": landed.ignored,
        },
        overall(current),
    )


main(sys.argv[1], sys.argv[2])
