"""Bank NDJSON to Arrow, block by block, for the pandas peer: strict, exact, and verbatim in raw.

pandas.read_json(engine="pyarrow") reads the same way underneath, but gives amounts as floating point and fails on the
first malformed line; here a block that the vectorised reader refuses is halved until the bad lines stand alone.
"""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timezone
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.json as pa_json
import pyarrow.parquet as pq

BLOCK_BYTES = 32 << 20
BY_HAND = 64
MONEY = pa.decimal128(18, 4)
RECORD = pa.schema([
    ("transaction_id", pa.string()),
    ("customer_id", pa.string()),
    ("amount", MONEY),
    ("category", pa.string()),
    ("timestamp", pa.timestamp("us", "UTC")),
])
SILVER = RECORD.append(pa.field("line_no", pa.int64()))
RAW = pa.schema([("line", pa.string()), ("line_no", pa.int64()), ("file", pa.dictionary(pa.int32(), pa.string())), ("batch", pa.int32())])
PARQUET = {"compression": "lz4", "write_statistics": False}
PLAIN_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)\Z", re.ASCII)


@dataclass
class Landed:
    read: int = 0
    ignored: int = 0
    tables: list[pa.Table] = field(default_factory=list)
    quarantined: list[tuple[int, str, str]] = field(default_factory=list)


def lines_of(block: bytes) -> pa.Array:
    """The CSV reader splits lines on all cores, but drops a carriage return and would split at the delimiter."""
    if b"\r" in block or b"\x01" in block:
        return pa.array([line.decode() for line in block.removesuffix(b"\n").split(b"\n")], pa.string())
    table = pa_csv.read_csv(
        pa.BufferReader(block),
        read_options=pa_csv.ReadOptions(column_names=["line"]),
        parse_options=pa_csv.ParseOptions(delimiter="\x01", quote_char=False, ignore_empty_lines=False),
        convert_options=pa_csv.ConvertOptions(column_types={"line": pa.string()}, strings_can_be_null=False),
    )
    return table["line"].combine_chunks()


def amount_of(value: object) -> Decimal:
    if isinstance(value, str) and PLAIN_NUMBER.match(value.strip()):
        value = Decimal(value.strip())
    elif isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if not isinstance(value, Decimal):
        raise ValueError("amount")
    return value.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def time_of(value: object) -> datetime:
    when = datetime.fromisoformat(value)
    return when.astimezone(timezone.utc) if when.tzinfo else when.replace(tzinfo=timezone.utc)


def refuse_constant(name: str) -> None:
    raise ValueError(name)


def text_of(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, default=str)


def one(line: str) -> dict | str:
    """The typed record, or why it is none."""
    try:
        record = json.loads(line, parse_constant=refuse_constant, parse_float=Decimal)
    except ValueError:
        return "malformed"
    if not isinstance(record, dict):
        return "malformed"
    if not isinstance(record.get("customer_id"), str) or record["customer_id"] == "":
        return "customer"
    try:
        amount = amount_of(record.get("amount"))
    except (ValueError, InvalidOperation):
        return "amount"
    try:
        timestamp = time_of(record.get("timestamp"))
    except (ValueError, TypeError):
        return "timestamp"
    texts = {name: text_of(record.get(name)) for name in ("transaction_id", "category")}
    return {**texts, "customer_id": record["customer_id"], "amount": amount, "timestamp": timestamp}


def by_hand(lines: pa.Array, numbers: pa.Array, landed: Landed) -> None:
    records = []
    for line, number in zip(lines.to_pylist(), numbers.to_pylist()):
        found = one(line)
        if isinstance(found, str):
            landed.quarantined.append((number, line, found))
        else:
            records.append({**found, "line_no": number})
    if records:
        landed.tables.append(pa.Table.from_pylist(records, SILVER))


def read_records(block: bytes) -> pa.Table | None:
    try:
        return pa_json.read_json(
            pa.BufferReader(block),
            pa_json.ReadOptions(block_size=4 << 20),
            pa_json.ParseOptions(explicit_schema=RECORD, unexpected_field_behavior="ignore"),
        ).select(RECORD.names)
    except pa.ArrowInvalid:
        return None


def decode(block: bytes, lines: pa.Array, numbers: pa.Array, landed: Landed) -> None:
    """`lines` are the lines of `block` without the blank ones, and `numbers` where they stand in the file."""
    table = read_records(block)
    if table is None or len(table) != len(lines):
        if len(lines) <= BY_HAND:
            by_hand(lines, numbers, landed)
            return
        half = len(lines) // 2
        for part, where in ((lines[:half], numbers[:half]), (lines[half:], numbers[half:])):
            decode("\n".join(part.to_pylist()).encode(), part, where, landed)
        return
    if table["customer_id"].null_count or table["amount"].null_count or table["timestamp"].null_count or (
        pc.any(pc.equal(table["customer_id"], "")).as_py()
    ):
        clean = pc.and_(pc.and_(pc.is_valid(table["amount"]), pc.is_valid(table["timestamp"])),
                        pc.fill_null(pc.not_equal(table["customer_id"], ""), False)).combine_chunks()
        dirty = pc.invert(clean)
        by_hand(lines.filter(dirty), numbers.filter(dirty), landed)
        table, numbers = table.filter(clean), numbers.filter(clean)
    landed.tables.append(table.append_column("line_no", numbers))


def encoded(table: pa.Table) -> pa.Table:
    """Customers and categories as codes; what repeats is not held twice."""
    for name in ("customer_id", "category"):
        at = table.schema.get_field_index(name)
        table = table.set_column(at, name, table[name].dictionary_encode())
    return table


def raw_rows(lines: pa.Array, numbers: pa.Array, source: str) -> pa.Table:
    count = len(lines)
    file = pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), [source])
    return pa.table([lines, numbers, file, pa.array(np.ones(count, np.int32))], schema=RAW)


def land(source: str, path: str) -> Landed:
    """Raw to Parquet on one thread while another parses the next block."""
    landed = Landed()
    written = None
    options = {**PARQUET, "use_dictionary": ["file"]}
    with open(source, "rb") as file, pq.ParquetWriter(path, RAW, **options) as raw, ThreadPoolExecutor(1) as writer:
        while block := file.read(BLOCK_BYTES) + file.readline():
            lines = lines_of(block)
            numbers = pa.array(np.arange(landed.read + 1, landed.read + 1 + len(lines)))
            if written:
                written.result()
            written = writer.submit(raw.write_table, raw_rows(lines, numbers, source))
            landed.read += len(lines)
            filled = pc.greater(pc.binary_length(lines), 0)
            before = len(landed.tables)
            if not pc.all(filled).as_py():
                lines, numbers = lines.filter(filled), numbers.filter(filled)
            decode(block, lines, numbers, landed)
            landed.tables[before:] = [encoded(table) for table in landed.tables[before:]]
            landed.ignored += len(filled) - len(lines)
        if written:
            written.result()
    return landed
