import { serveWorker } from '../locked-sql/serve-worker.ts';
import { openOwnerDatabase } from './owner-database.ts';
import { runOwnerRequest } from './request.ts';

serveWorker({ open: openOwnerDatabase, run: runOwnerRequest });
