#!/usr/bin/env node
// JavaScript, as Node would start its TypeScript compiler for this one file each time: what it caches are later ones.
import { enableCompileCache } from 'node:module';

// Most of a short command's time would go into reading TypeScript; the next call finds it done.
enableCompileCache();
const { main } = await import('./main.ts');
await main(process.argv.slice(2));
