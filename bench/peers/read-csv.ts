// The peer of `files`: DuckDB's own CSV reader, alone. usage: read-csv.ts CSV DATABASE
import { DuckDBInstance } from '@duckdb/node-api';

const [csv, database] = process.argv.slice(2);
if (csv === undefined || database === undefined) throw new Error('usage: read-csv.ts CSV DATABASE');
const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
await connection.run(`create table t as select * from read_csv('${csv.replaceAll("'", "''")}')`);
await connection.run('checkpoint');
const result = await connection.runAndReadAll('select count(*)::integer as records from t');
process.stdout.write(`${JSON.stringify(result.getRowObjects()[0])}\n`);
connection.closeSync();
instance.closeSync();
