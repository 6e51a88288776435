/** An instant as DuckDB reads a TIMESTAMP, which is in UTC here and says so nowhere. */
export const sqlTimestamp = (instant: Date): string => instant.toISOString().replace('Z', '');
