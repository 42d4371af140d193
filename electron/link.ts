/** `danescope://check/TARGET`: any web page can open such a link, so it only proposes a target; the page asks before anything is contacted. */
export const LINK_SCHEME = 'danescope';

const PREFIX = `${LINK_SCHEME}://check/`;
/** characters; a mailbox with the longest of names (RFC 5321 §4.5.3.1) fits */
const LONGEST_LINK = 1024;
const LONGEST_TARGET = 320;

/** What a target may be written with; what else a link carries was not meant to be read by a person. */
const TARGET = /^[\p{L}\p{N}\p{M}._+\-@:[\]=]+$/u;

/** @returns the target that the link proposes, or null for anything but exactly such a link */
export function targetOfLink(link: string): string | null {
  if (link.length > LONGEST_LINK || link.slice(0, PREFIX.length).toLowerCase() !== PREFIX) return null;
  // Systems add a slash at the end of what they take for an address.
  const target = decoded(link.slice(PREFIX.length).replace(/\/$/, ''));
  return target !== null && target.length <= LONGEST_TARGET && TARGET.test(target) ? target : null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // not percent-encoded UTF-8
  }
}
