import type { PersonalKind } from './personal-names.ts';

// Lengths are bounded, so that no text makes these slow.
const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu;
const phone = /(?<![\p{L}\p{N}.,-])(?:\+|00|0|\()\d[\d ()./-]{5,18}\d(?![\p{L}\p{N}])/gu;
const isoDay = /^\d{4}-\d{2}-\d{2}/;
const personName = /^\p{Lu}[\p{L}'’.-]{1,30}(?: \p{Lu}[\p{L}'’.-]{0,30}){1,3}$/u;

const digits = (text: string): number => text.replaceAll(/\D/g, '').length;

/** Telephone numbers have 7 to 15 digits (ITU-T E.164); a day or an amount is none. */
function phonesIn(text: string): number {
  const found = text.match(phone) ?? [];
  return found.filter((one) => {
    const count = digits(one);
    return count >= 7 && count <= 15 && !isoDay.test(one) && !/^0\d*[.]\d+$/.test(one);
  }).length;
}

/** E-mail addresses and telephone numbers in running text. */
export function personalInText(text: string): { kind: PersonalKind; count: number }[] {
  const found: { kind: PersonalKind; count: number }[] = [
    { kind: 'e-mail', count: text.match(email)?.length ?? 0 },
    { kind: 'phone', count: phonesIn(text) },
  ];
  return found.filter(({ count }) => count > 0);
}

export interface ContentFinding {
  readonly kind: PersonalKind;
  /** Of the values that are not missing. */
  readonly share: number;
}

const suspiciousPhones = 0.05;
const suspiciousNames = 0.6;
const distinctNames = 0.3;

/** What a column of text holds of persons, by its values: one e-mail is enough, names only where most values look so. */
export function personalByContent(values: Iterable<string | null>): ContentFinding[] {
  let count = 0;
  let emails = 0;
  let phones = 0;
  let names = 0;
  const distinct = new Set<string>();
  for (const value of values) {
    if (value === null || value === '') continue;
    count++;
    const kinds = personalInText(value);
    if (kinds.some(({ kind }) => kind === 'e-mail')) emails++;
    if (kinds.some(({ kind }) => kind === 'phone')) phones++;
    if (personName.test(value)) {
      names++;
      distinct.add(value);
    }
  }
  if (count === 0) return [];
  const found: ContentFinding[] = [];
  if (emails > 0) found.push({ kind: 'e-mail', share: emails / count });
  if (phones / count >= suspiciousPhones) found.push({ kind: 'phone', share: phones / count });
  // A few labels such as "Fast Food" repeat; persons do not.
  const many = distinct.size / count >= distinctNames;
  if (names / count >= suspiciousNames && many) found.push({ kind: 'name', share: names / count });
  return found;
}
