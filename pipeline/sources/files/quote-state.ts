/** Follows the quotes of one CSV line, told of each quote's place and the byte before it. */
export class QuoteState {
  /** `closing`: the last quote ended the field unless another follows at once, which makes both one quote. */
  #state: 'outside' | 'within' | 'closing' = 'outside';
  #last = -1;
  readonly #delimiter: number;

  constructor(delimiter: number) {
    this.#delimiter = delimiter;
  }

  /** `place` counts from the start of the line. */
  quote(place: number, before: number): void {
    if (this.#state === 'within') this.#state = 'closing';
    else if (this.#state === 'closing' && place === this.#last + 1) this.#state = 'within';
    else this.#state = place === 0 || before === this.#delimiter ? 'within' : 'outside';
    this.#last = place;
  }

  /** Whether the line ends within quotes; what follows is a new line. */
  endLine(): 'within' | 'outside' {
    const end = this.#state === 'within' ? 'within' : 'outside';
    this.#state = 'outside';
    this.#last = -1;
    return end;
  }
}
