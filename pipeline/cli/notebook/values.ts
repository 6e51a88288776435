/** What the options of `strata notebook` say. */
export interface NotebookValues {
  readonly workspace?: string | undefined;
  readonly json?: boolean | undefined;
  readonly set?: string[] | undefined;
  readonly out?: string | undefined;
  readonly format?: string | undefined;
  readonly drop?: string[] | undefined;
  readonly hash?: string[] | undefined;
  readonly generalise?: string[] | undefined;
  readonly aggregate?: string[] | undefined;
  readonly 'minimum-count'?: string | undefined;
  readonly 'no-outputs'?: boolean | undefined;
}
