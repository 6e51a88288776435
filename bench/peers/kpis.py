"""The four KPIs from small matrices. What grows with the input is aggregated before, in pandas or Polars."""

from dataclasses import dataclass

import numpy as np

PERIOD_DAYS = 90
CHURN_DAYS = 90
NEVER = np.iinfo(np.int32).min


@dataclass
class History:
    """Money in ten-thousandths and orders, both segments x days, and what is known of each customer."""

    money: np.ndarray
    orders: np.ndarray
    first_day: int
    as_of: int
    segment: np.ndarray
    """Day of the last purchase, customers x months, NEVER where the month has none."""
    last_purchase: np.ndarray


def ratio(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    out = np.full(np.broadcast(numerator, denominator).shape, np.nan)
    return np.divide(numerator, denominator, out=out, where=denominator != 0)


def with_whole(by_segment: np.ndarray) -> np.ndarray:
    return np.append(by_segment, by_segment.sum())


def month_of(day: int) -> np.datetime64:
    return np.datetime64(int(day), "D").astype("datetime64[M]")


def first_of(month: np.datetime64) -> int:
    return int(month.astype("datetime64[D]").astype(int))


def kpi_columns(history: History, start: int, end: int, last: np.ndarray) -> dict[str, np.ndarray]:
    """CLV growth and churn at `end`; orders, revenue, AOV and contribution within [start, end)."""
    day = np.arange(history.first_day, history.first_day + history.money.shape[1])
    segments = history.money.shape[0]
    within = (day >= start) & (day < end)
    revenue = with_whole(history.money[:, within].sum(axis=1))
    orders = with_whole(history.orders[:, within].sum(axis=1))
    now = with_whole(history.money[:, day < end].sum(axis=1))
    before = with_whole(history.money[:, day < end - PERIOD_DAYS].sum(axis=1))
    known = last != NEVER
    customers = with_whole(np.bincount(history.segment[known], minlength=segments))
    lost = with_whole(np.bincount(history.segment[known & (end - last > CHURN_DAYS)], minlength=segments))
    return {
        "segment_id": np.append(np.arange(segments), -1),
        "customers": customers,
        "orders": orders,
        "revenue": revenue / 10_000,
        "clv_growth": ratio(now - before, before),
        "churn_rate": ratio(lost, customers),
        "aov": ratio(revenue / 10_000, orders),
        "contribution": ratio(revenue, revenue[-1]),
    }


def kpi_tables(history: History) -> tuple[dict, dict]:
    """At `as_of`, and for each month up to the day before it."""
    last = np.maximum.accumulate(history.last_purchase, axis=1)
    current = kpi_columns(history, history.first_day, history.as_of, last[:, -1])
    monthly = []
    first = month_of(history.first_day)
    for number in range(last.shape[1]):
        month = first + number
        end = min(first_of(month + 1), history.as_of)
        columns = kpi_columns(history, first_of(month), end, last[:, number])
        monthly.append({"month": np.full(len(columns["orders"]), str(month)), **columns})
    stacked = {name: np.concatenate([m[name] for m in monthly]) for name in monthly[0]}
    return current, stacked


def overall(current: dict) -> dict:
    names = ("customers", "orders", "revenue", "churn_rate", "clv_growth", "aov")
    return {name: None if current[name][-1] != current[name][-1] else current[name][-1].item() for name in names}
