/** How names are resolved in the runs made from here on, in words. */
import { resolverAddressText } from '../../core/api/resolver-address.ts';
import { useSession } from '../session/session-store.ts';
import { useRunSettings } from './run-settings.ts';

export function useResolution(): string {
  const own = useSession((state) => state.runtime?.resolver ?? '');
  const resolver = useRunSettings((state) => state.resolver);
  return resolver === null ? own : `forwarding to ${resolverAddressText(resolver)}, as set`;
}
