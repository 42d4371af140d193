/**
 * Chromium itself navigates to no scheme of ours, so a window of the double shows `app://inspector/` under a name that can
 * never resolve (RFC 2606 §2). The main script and its handlers see and answer `app:` alone.
 */
const SUFFIX = '.app.invalid';

export const inChromium = (url: string): string => url.replace(/^app:\/\/([^/]+)/, `https://$1${SUFFIX}`);

export function inElectron(url: string): string {
  const { protocol, hostname, href, origin } = new URL(url);
  return protocol === 'https:' && hostname.endsWith(SUFFIX) ? `app://${hostname.slice(0, -SUFFIX.length)}${href.slice(origin.length)}` : url;
}
