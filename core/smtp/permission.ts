/** What a person may do at a console, and how it is refused. */

/** Besides what is always allowed. */
export interface ConsolePermission {
  /** DATA and BURL, which hand over mail */
  readonly mail: boolean;
  readonly auth: boolean;
}

export interface LineRefusal {
  readonly code: 'empty' | 'line-break' | 'too-long' | 'not-here' | 'not-allowed' | 'needs-confirmation';
  /** in words, for the person */
  readonly text: string;
}

export type DeskRefusal = LineRefusal | { readonly code: 'busy' | 'closed'; readonly text: string };
