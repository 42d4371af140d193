/** What details are made of: titled fields in titled sections. */
import type { Status } from '../../status/vocabulary.ts';
import { leftOut } from '../../text/counted.ts';

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

/** The first so many; how many are left out is told. */
export function firstFields<Value>(values: readonly Value[], most: number, toField: (value: Value, index: number) => Field): readonly Field[] {
  const rest = leftOut(values.length, most);
  return [...values.slice(0, most).map(toField), ...(rest === null ? [] : [{ label: '', value: rest }])];
}
