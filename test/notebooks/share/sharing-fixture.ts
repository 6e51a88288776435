import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ShareChoices, shareChoices } from '../../../pipeline/contract/notebook.ts';
import { openNativeEngine } from '../../../pipeline/engine/native/native-engine.ts';
import {
  type NotebookSql,
  openNotebookSql,
} from '../../../pipeline/engine/native/notebook-sql/notebook-sql.ts';
import { startWasmEngine } from '../../../pipeline/engine/wasm/node/start-wasm-engine.ts';
import { WasmTableEngine } from '../../../pipeline/engine/wasm/wasm-table-engine.ts';
import { setupCell } from '../../../pipeline/notebooks/document/new-notebook.ts';
import type {
  DocumentCell,
  JsonObject,
  NotebookDocument,
} from '../../../pipeline/notebooks/document/notebook-document.ts';
import { openScriptRunner } from '../../../pipeline/notebooks/script/node/open-script-runner.ts';
import type { ExportPorts } from '../../../pipeline/notebooks/share/export-notebook.ts';
import { livePlaceholders } from '../../../pipeline/notebooks/share/live-html.ts';
import { printPdf } from '../../../pipeline/notebooks/share/node/print-pdf.ts';

export const secrets = {
  email: 'zq.canary77@secret-person.example',
  phone: '+49 30 901820-4711',
  name: 'Xanthippe Quarrelsome',
} as const;

export function codeCell(
  id: string,
  source: string,
  more: { readonly metadata?: JsonObject; readonly outputs?: readonly JsonObject[] } = {},
): DocumentCell {
  const { metadata = {}, outputs = [] } = more;
  return { id, type: 'code', source, metadata, outputs, executionCount: null };
}

export function markdown(id: string, source: string): DocumentCell {
  return { id, type: 'markdown', source, metadata: {}, outputs: [], executionCount: null };
}

export function notebookOf(
  cells: readonly DocumentCell[],
  metadata: JsonObject = {},
): NotebookDocument {
  return { cells, metadata, mode: 'reactive', text: null };
}

/** An output as a cell of somebody else's may have it, with all that must not leave. */
export function leakyOutput(): JsonObject {
  const text = Object.values(secrets).join(' | ');
  return {
    output_type: 'display_data',
    metadata: { kept: text },
    data: { 'text/plain': text, 'text/html': `<table><tr><td>${text}</td></tr></table>` },
  };
}

/** Cells of every kind that reads, on a table of people; the outputs are those of a run on all of it. */
export function sharedNotebook(): NotebookDocument {
  const outputs = [leakyOutput()];
  return notebookOf(
    [
      markdown('title', '# People by region'),
      setupCell(),
      codeCell('least', 'least = 2  # strata: {"kind": "slider", "min": 0, "max": 10}'),
      codeCell('people', '%%sql --save listed\nselect * from Silver.People order by 1 limit 20', {
        outputs,
        metadata: { tags: ['x'], 'application/other': secrets.name, strata: { pinned: true } },
      }),
      codeCell(
        'regions',
        '%%sql --save by_region\nselect region, count(*) as customers, avg(income) as income from silver.people group by region having count(*) >= {{least}} order by region',
        { outputs },
      ),
      codeCell(
        'chart',
        '%%strata chart\n{"data": "by_region", "type": "bar", "x": "region", "y": ["income"]}',
        { outputs },
      ),
      codeCell(
        'script',
        '%%strata javascript --save tripled\nreturn by_region.toArray().map(({ region, customers }) => ({ region, three: 3 * Number(customers) }));',
        { outputs },
      ),
      codeCell('python', 'print("by Jupyter")', { outputs }),
    ],
    { widgets: { state: secrets.email }, kernelspec: { name: 'python3', display_name: 'Python' } },
  );
}

export const treatedChoices: ShareChoices = shareChoices.parse({
  columns: {
    'silver.people.email': 'drop',
    'silver.people.phone': 'generalise',
    'silver.people.name': 'hash',
    'silver.people.born': 'generalise',
  },
});

/** A page that is none yet, but holds what is put into it. */
export const bareTemplate = `<!doctype html><html><head><meta charset="utf-8">
<title>${livePlaceholders.title}</title></head><body>${livePlaceholders.payload}</body></html>`;

/** A workspace with people whose names, addresses and numbers must not leave. */
export class SharingFixture {
  readonly root = mkdtempSync(join(tmpdir(), 'strata-share-'));
  readonly source: NotebookSql;

  private constructor() {
    const warehouse = join(this.root, 'warehouse.duckdb');
    this.source = openNotebookSql({ workspace: this.root, warehouse, memoryLimit: '300MB' });
  }

  static async make(): Promise<SharingFixture> {
    const fixture = new SharingFixture();
    mkdirSync(join(fixture.root, 'tmp'), { recursive: true });
    const engine = await openNativeEngine(join(fixture.root, 'warehouse.duckdb'));
    const connection = await engine.connect();
    const { name, email, phone } = secrets;
    await connection.run(`create schema silver; create schema gold;
      create table silver.people as
        select 'C' || lpad(i::varchar, 4, '0') as customer_id,
          case when i = 3 then '${name}' else 'Ann Lee' || chr((97 + i % 26)::integer) end as name,
          case when i = 3 then '${email}' else 'p' || i || '@example.org' end as email,
          case when i = 3 then '${phone}' else '+44 20 7946 ' || (1000 + i) end as phone,
          date '1980-01-17' + (i * 40)::integer as born,
          case when i < 3 then 'tiny' when i % 2 = 0 then 'north' else 'south' end as region,
          (20000 + 137.5 * i)::decimal(18, 2) as income, i::bigint as visits
        from range(60) as t(i);
      create table gold.groups as
        select * from (values ('a', 3), ('b', 40), ('c', 4)) as t(label, customers)`);
    connection.close();
    await engine.close();
    return fixture;
  }

  ports(more: Partial<ExportPorts> = {}): ExportPorts {
    return {
      source: this.source,
      startReader: async () => WasmTableEngine.open(await startWasmEngine()),
      startScripts: () => openScriptRunner(),
      readerTemplate: () => Promise.resolve(bareTemplate),
      printPdf,
      strata: '0.1.0',
      ...more,
    };
  }

  async close(): Promise<void> {
    await this.source.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}
