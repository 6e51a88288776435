import { AppError } from '../contract/errors.ts';
import type { SqlModel } from './sql-model.ts';

/** What stands in comments or in text is no reference. */
const bare = (sql: string): string => sql.replaceAll(/--[^\n]*|\/\*.*?\*\/|'(?:[^']|'')*'/gs, ' ');

/** The tables, of those given, that a model reads. */
export function referencesOf(sql: string, names: ReadonlySet<string>): string[] {
  const found = bare(sql).matchAll(/(?<![\w.])([a-z_]+\.[a-z0-9_]+)\b/gi);
  return [...new Set([...found].map(([, name = '']) => name.toLowerCase()))].filter((name) =>
    names.has(name),
  );
}

/** Orders models so that each comes after those it reads; the order of equals is that of their names. */
export function orderModels(models: readonly SqlModel[]): SqlModel[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  if (byName.size < models.length) {
    throw new AppError('MODEL_SQL_INVALID', { model: 'models', problem: 'two share one name' });
  }
  const names = new Set(byName.keys());
  const ordered: SqlModel[] = [];
  const done = new Set<string>();
  const visit = (model: SqlModel, trail: readonly string[]): void => {
    if (done.has(model.name)) return;
    if (trail.includes(model.name)) {
      throw new AppError('MODEL_SQL_INVALID', {
        model: model.name,
        problem: `it depends on itself: ${[...trail, model.name].join(' -> ')}`,
      });
    }
    for (const name of referencesOf(model.sql, names)) {
      const needed = byName.get(name);
      if (needed !== undefined && name !== model.name) visit(needed, [...trail, model.name]);
    }
    done.add(model.name);
    ordered.push(model);
  };
  for (const model of models.toSorted((a, b) => (a.name < b.name ? -1 : 1))) visit(model, []);
  return ordered;
}
