/** What details are made of: titled fields in titled sections. */
import type { Status } from '../../status/vocabulary.ts';

export interface Field {
  readonly label: string;
  readonly value: string;
  readonly mono?: boolean;
  readonly copy?: boolean;
  readonly status?: Status;
}

export interface Section {
  readonly title: string;
  readonly fields: readonly Field[];
}

export interface Details {
  readonly kind: string;
  readonly title: string;
  readonly status: Status | null;
  readonly summary: string | null;
  readonly sections: readonly Section[];
}
