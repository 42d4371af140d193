/** Which runs stand in a file as they are now. A run that goes on, in a console, has other events and no file again. */
import type { InspectionEvent } from '../../core/inspection/events.ts';

const saved = new WeakSet<readonly InspectionEvent[]>();

export const markSaved = (events: readonly InspectionEvent[]): void => void saved.add(events);

export const isSaved = (events: readonly InspectionEvent[]): boolean => saved.has(events);
