/**
 * What a Jupyter user runs first; Strata itself skips it. There, too, a cell's name must make a table: JupySQL's own snippets
 * are not seen by a query within a WITH, nor by one that has a WITH.
 */
export const setupSource = String.raw`# Strata runs this notebook as it is. In Jupyter, run this cell first:
#   pip install jupysql duckdb
# and start Jupyter in the workspace's folder, where "strata publish" put the tables into lake/.
import re
from pathlib import Path

import duckdb
from IPython import get_ipython
from IPython.core.magic import register_cell_magic

_strata_warehouse = duckdb.connect()


def _strata_setup(shell, warehouse):
    for file in sorted(Path("lake").glob("*/*.parquet")):
        schema = file.parent.name
        warehouse.execute(f"create schema if not exists {schema}")
        warehouse.execute(f"create view {schema}.{file.stem} as from '{file.as_posix()}'")
    shell.run_line_magic("reload_ext", "sql")
    shell.run_line_magic("config", "SqlMagic.feedback = 0")
    shell.run_line_magic("config", "SqlMagic.named_parameters = 'disabled'")
    shell.run_line_magic("sql", "_strata_warehouse")
    jupysql = shell.find_cell_magic("sql")
    saved = r"(?:--save|-S)[\s=]+(\w+)|^\s*(\w+)\s*=?\s*<<"
    reference = r"\{\{\s*(\w+)\s*\}\}"
    parts = r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|" + reference

    def fill(part):
        text, name = part[0], part[1]
        if name:
            value = shell.user_ns[name]
            return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)
        if text[0] in "-/":
            return text
        quote = text[0]
        within = lambda found: str(shell.user_ns[found[1]]).replace(quote, quote * 2)
        return re.sub(reference, within, text)

    @register_cell_magic
    def sql(line, cell):
        """JupySQL's, but {{k}} is filled in as in Strata, and a name makes a table that all later cells can read."""
        query = re.sub(parts, fill, cell, flags=re.S).strip().rstrip(";")
        named = re.search(saved, line)
        if named is None:
            return jupysql(line, query)
        name = named[1] or named[2]
        try:
            warehouse.execute(f'create or replace table "{name}" as\n{query}\n')
        except duckdb.ParserException:
            warehouse.execute(f'create or replace table "{name}" as from (\n{query}\n)')
        return jupysql("", f'select * from "{name}"')

    @register_cell_magic
    def strata(line, cell):
        print(f"This cell ({line}) runs in Strata only; its last result is shown below it there.")
        named = re.search(saved, line)
        if named:
            print(f"So do the cells that read {named[1]}.")


_strata_setup(get_ipython(), _strata_warehouse)`;
