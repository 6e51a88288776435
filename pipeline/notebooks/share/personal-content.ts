import type { PersonalKind } from './personal-names.ts';

// Lengths are bounded, so that no text makes these slow.
const email =
  /[\p{L}\p{N}._%+'-]{1,64}(?:@|%40|＠)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/giu;
const phone = /(?<![\p{L}\p{N}.,-])(?:\+|00|0|\()\d[\d ()./\u00a0-]{5,18}\d(?![\p{L}\p{N}])/gu;
/** `555-0123-456`, `212.555.0123`: the groups say it where no prefix does. */
const grouped = /(?<![\p{L}\p{N}.,+()/-])[1-9]\d{2}([-. ])\d{3}\1\d{4}(?![\p{L}\p{N}.,-]\d)/gu;
const isoDay = /^\d{4}-\d{2}-\d{2}/;
const personName = /^\p{Lu}[\p{L}'’.-]{1,30},?(?: \p{Lu}[\p{L}'’.-]{0,30}){1,3}$/u;

const digits = (text: string): number => text.replaceAll(/\D/g, '').length;

/** Telephone numbers have 7 to 15 digits (ITU-T E.164); a day or an amount is none. */
function phonesIn(text: string): number {
  const found = text.match(phone) ?? [];
  const prefixed = found.filter((one) => {
    const count = digits(one);
    return count >= 7 && count <= 15 && !isoDay.test(one) && !/^0\d*[.]\d+$/.test(one);
  });
  return prefixed.length + (text.match(grouped)?.length ?? 0);
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
/** So many different names are persons, however many rows there are. */
const rememberedNames = 100_000;

/** What a column holds of persons, its values given in as many pieces as there are. */
export class PersonalContent {
  #count = 0;
  #emails = 0;
  #phones = 0;
  #names = 0;
  readonly #distinct = new Set<string>();

  add(values: Iterable<string | null>): void {
    for (const value of values) {
      if (value === null || value === '') continue;
      this.#count++;
      const kinds = personalInText(value);
      if (kinds.some(({ kind }) => kind === 'e-mail')) this.#emails++;
      if (kinds.some(({ kind }) => kind === 'phone')) this.#phones++;
      if (!personName.test(value)) continue;
      this.#names++;
      if (this.#distinct.size < rememberedNames) this.#distinct.add(value);
    }
  }

  /** One e-mail is enough, names only where most values look so. */
  findings(): ContentFinding[] {
    const count = this.#count;
    if (count === 0) return [];
    const found: ContentFinding[] = [];
    if (this.#emails > 0) found.push({ kind: 'e-mail', share: this.#emails / count });
    const phones = this.#phones / count;
    if (phones >= suspiciousPhones) found.push({ kind: 'phone', share: phones });
    // A few labels such as "Fast Food" repeat; persons do not.
    const { size } = this.#distinct;
    const many = size >= rememberedNames || size / count >= distinctNames;
    const names = this.#names / count;
    if (names >= suspiciousNames && many) found.push({ kind: 'name', share: names });
    return found;
  }
}
