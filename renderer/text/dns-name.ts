/** Names from answers may carry the letter case of the question; names are the same without it (RFC 4343 §3). */
export const sameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
