/** Says which numbers of segments a sweep left out; they rise. */
export function droppedWords(dropped: readonly number[]): string {
  const [first, last] = [dropped[0], dropped.at(-1)];
  const those = first === last ? `k = ${first} was` : `k = ${first} to ${last} were`;
  return `${those} not tried: there are fewer different customers than that.`;
}
