import { z } from 'zod';
import { nearest, quoted } from './nearest.ts';

/** The words that may stand where an issue is: an issue of zod knows them of a choice and of nothing else. */
function sentenceOf(issue: z.core.$ZodIssue, known: readonly string[]): string {
  const place = issue.path.map(String).join('.');
  const at = place === '' ? 'it' : quoted(place);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const near = nearest(key, known);
    const instead = near === null ? `; known are ${known.join(', ')}` : `; did you mean "${near}"?`;
    const inside = place === '' ? '' : ` in ${quoted(place)}`;
    return `there is no ${quoted(key)}${inside}${instead}`;
  }
  if (issue.code === 'invalid_value')
    return `${at} must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
  const message = issue.message.replace(/^Invalid input: /, '').replace(/\.$/, '');
  return `${at} is wrong: ${message}`;
}

/** What is wrong with a value that a schema refused, in one sentence; `known` are the names that it may have. */
export function describeIssues(error: z.ZodError, known: readonly string[]): string {
  const sentence =
    error.issues[0] === undefined ? 'it is wrong' : sentenceOf(error.issues[0], known);
  const more = error.issues.length - 1;
  const rest = more > 0 ? ` (and ${more} more ${more === 1 ? 'fault' : 'faults'})` : '';
  return /[?]$/.test(sentence) && rest === '' ? sentence : `${sentence}${rest}.`;
}
