import { Type } from '@uwdata/flechette';
import type { ArrowType } from './value-text.ts';

const plain: Readonly<Record<number, string>> = {
  [Type.Null]: 'NULL',
  [Type.Binary]: 'BLOB',
  [Type.LargeBinary]: 'BLOB',
  [Type.FixedSizeBinary]: 'BLOB',
  [Type.Utf8]: 'VARCHAR',
  [Type.LargeUtf8]: 'VARCHAR',
  [Type.Bool]: 'BOOLEAN',
  [Type.Date]: 'DATE',
  [Type.Time]: 'TIME',
  [Type.Interval]: 'INTERVAL',
  [Type.Duration]: 'INTERVAL',
};

const whole: Readonly<Record<number, string>> = {
  8: 'TINYINT',
  16: 'SMALLINT',
  32: 'INTEGER',
  64: 'BIGINT',
};

function nested(type: ArrowType): string | null {
  if (!('children' in type)) return null;
  const [first] = type.children;
  if (type.typeId === Type.Struct) {
    return `STRUCT(${type.children.map((child) => `${child.name} ${typeText(child.type)}`).join(', ')})`;
  }
  if (first === undefined) return null;
  if (type.typeId === Type.Map) return typeText(first.type).replace('STRUCT', 'MAP');
  return `${typeText(first.type)}[]`;
}

/** An Arrow type in SQL's words. */
export function typeText(type: ArrowType): string {
  if (type.typeId === Type.Dictionary) return typeText(type.dictionary);
  if (type.typeId === Type.Int) {
    return `${type.signed ? '' : 'U'}${whole[type.bitWidth] ?? 'INTEGER'}`;
  }
  if (type.typeId === Type.Float) return type.precision < 2 ? 'FLOAT' : 'DOUBLE';
  if (type.typeId === Type.Decimal) return `DECIMAL(${type.precision},${type.scale})`;
  if (type.typeId === Type.Timestamp) {
    return type.timezone === null ? 'TIMESTAMP' : 'TIMESTAMP WITH TIME ZONE';
  }
  return nested(type) ?? plain[type.typeId] ?? 'VARCHAR';
}
