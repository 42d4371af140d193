/** The areas of the window that views live in. */
export const AREAS = ['left', 'centre', 'right', 'bottom'] as const;
export type Area = (typeof AREAS)[number];
/** The centre is always there. */
export type SideArea = Exclude<Area, 'centre'>;

export const AREA_TITLES: { readonly [Place in Area]: string } = { left: 'Left side', centre: 'Centre', right: 'Right side', bottom: 'Bottom' };
