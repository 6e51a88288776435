import type { ShareReport } from '../../contract/notebook.ts';

export type PersonalKind = ShareReport['texts'][number]['kind'];

/** Column names in words: `customerEmail`, `customer_email` and `Customer E-Mail` are the same. */
function words(column: string): string {
  const spaced = column
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
  return ` ${spaced.trim().toLowerCase()} `;
}

const byName: readonly (readonly [PersonalKind, RegExp])[] = [
  ['e-mail', / (e ?mail|mail address) /],
  ['phone', / (phone|telephone|mobile|cell ?phone|fax|msisdn|whatsapp|tel) /],
  ['birth date', / (birth ?day|birth ?date|date of birth|dob|born) /],
  ['address', / (address|street|postal ?code|post ?code|zip|zip ?code|latitude|longitude|iban) /],
  [
    'name',
    / (first|last|full|given|family|middle|maiden|customer|client|user|contact|person) ?name /,
  ],
  ['name', /^ (name|surname|forename|salutation) $/],
  [
    'identifier',
    / (customer|client|user|person|member|account|subscriber|device|patient) ?(id|no|number|key) /,
  ],
  [
    'identifier',
    / (ssn|passport|tax id|national id|social security|licence plate|ip address|ip|cookie) /,
  ],
];

/** What a column's name says that it holds of persons; null where it says nothing. */
export function personalByName(column: string): PersonalKind | null {
  const text = words(column);
  return byName.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
