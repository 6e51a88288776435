import type { Random } from '../../statistics/random.ts';
import type { Calendar } from './calendar.ts';
import type { Population } from './population.ts';
import type { Visit } from './visits.ts';

/** A record before it is text. What a preset has no field for stays at its neutral value. */
export interface Draft {
  readonly customer: number;
  /** Since the first midnight of the period. */
  readonly seconds: number;
  /** Counts the drafts of the whole stream from 0; order and transaction ids are made of it. */
  readonly sequence: number;
  readonly cents: number;
  /** Category or event. */
  readonly label: string;
  /** Payment method or channel. */
  readonly means: string;
  readonly discountCents: number;
  readonly coupon: boolean;
  /** JSON text in the place of the amount, or of the time where there is none. */
  readonly hostile: string | null;
  /** Written by a newer version of the sender: a field more, or one renamed. */
  readonly drifted: boolean;
}

export const blankDraft = {
  cents: 0,
  label: '',
  means: '',
  discountCents: 0,
  coupon: false,
  hostile: null,
  drifted: false,
} as const;

/** What every preset is made from. */
export interface Scene {
  readonly seed: number;
  readonly population: Population;
  readonly calendar: Calendar;
  readonly random: Random;
  /** Midnight UTC of the first day. */
  readonly startMs: number;
  readonly transactionIds: boolean;
}

export interface Preset {
  /** So many visits in time order. */
  visits(count: number): Iterable<Visit>;
  /** Draws what a visit leaves behind. */
  draft(visit: Visit, sequence: number): Draft;
  /** The record as JSON; the same draft is always the same text. */
  text(draft: Draft): string;
}
