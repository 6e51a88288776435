function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** What is wrong with each name: only two that are the same, whatever their case, can be wrong here. */
export function nameProblems(names: readonly string[]): (string | null)[] {
  return names.map((name, at) =>
    name.trim() !== '' && names.some((other, index) => index !== at && same(name, other))
      ? 'Another one has this name'
      : null,
  );
}
