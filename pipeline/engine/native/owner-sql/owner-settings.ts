import type { ProcessSettings } from '../locked-sql/protocol.ts';

export interface OwnerSettings extends ProcessSettings {
  /** The owner's own database, made if it is missing. */
  readonly owner: string;
  /** The one folder that COPY and read_csv reach. */
  readonly files: string;
}

export interface OwnerQuery {
  readonly sql: string;
  readonly limit?: number;
}
