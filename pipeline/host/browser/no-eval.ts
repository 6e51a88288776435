import { config } from 'zod';

// Loaded before any schema is made: zod tries `new Function`, which the page's policy refuses and reports.
config({ jitless: true });
