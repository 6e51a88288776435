import { isJsonObject, member } from '../../document/json-object.ts';
import type { Json, JsonObject } from '../../document/notebook-document.ts';

// A figure may be anybody's: nothing of it is taken for what it should be.

export function objectAt(object: JsonObject, name: string): JsonObject {
  const value = member(object, name);
  return isJsonObject(value) ? value : {};
}

export function listAt(object: JsonObject, name: string): readonly Json[] {
  const value = member(object, name);
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function numberAt(object: JsonObject, name: string): number | null {
  const value = member(object, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function textAt(object: JsonObject, name: string): string {
  const value = member(object, name);
  return typeof value === 'string' ? value : '';
}

/** Plotly takes a title as a text and as an object with one. */
export function titleAt(object: JsonObject): string {
  return textAt(object, 'title') || textAt(objectAt(object, 'title'), 'text');
}

/** What two values have in common that stand at one place: Plotly, too, takes 1 and "1" for one. */
export function placeKey(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

export function numberOf(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A colour that is nothing but a colour; null for anything else. */
export function colourOf(value: Json | undefined): string | null {
  if (typeof value !== 'string' || value.length > 40) return null;
  return /^(#[\da-f]{3,8}|[a-z]+|(rgb|hsl)a?\([\d\s.,%]+\))$/i.test(value) ? value : null;
}
