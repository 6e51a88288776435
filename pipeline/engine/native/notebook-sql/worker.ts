import { serveWorker } from '../locked-sql/serve-worker.ts';
import { openNotebookDatabase } from './notebook-database.ts';
import { runNotebookRequest } from './run-request.ts';

serveWorker({ open: openNotebookDatabase, run: runNotebookRequest });
