/** Why a model was not fitted; the sentence is for people. */
export interface Refused<Reason extends string> {
  readonly kind: 'refused';
  readonly reason: Reason;
  readonly sentence: string;
}

/** Something a reader of a fitted model should know. */
export interface FitWarning<Kind extends string> {
  readonly kind: Kind;
  readonly sentence: string;
}
