import { quotedName } from '../../engine/sql-quoting.ts';

interface Column {
  readonly name: string;
  /** As DuckDB names it. */
  readonly type: string;
}

export const isNumber = (type: string): boolean =>
  /^(DECIMAL(\(\d+, ?\d+\))?|DOUBLE|FLOAT|REAL|U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER)$/i.test(type);

const names = /^(customers?|people|persons|users|count|n|size|members|count_star\(\))$/i;

/** The columns that say how many people a row stands for. */
export function peopleCounts<T extends Column>(columns: readonly T[]): T[] {
  return columns.filter(({ name, type }) => names.test(name) && isNumber(type));
}

/** A condition that holds of rows that stand for enough people; null where no column says for how many. */
export function enoughPeople(columns: readonly Column[], minimumCount: number): string | null {
  const counts = peopleCounts(columns);
  if (counts.length === 0) return null;
  return counts.map(({ name }) => `${quotedName(name)} >= ${minimumCount}`).join(' and ');
}
