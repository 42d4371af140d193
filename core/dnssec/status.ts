/**
 * The security states in the sense of RFC 4035 §4.3. Indeterminate is handled as bogus (RFC 7672 §2.1.1): both are lookup
 * failures, never "no records".
 */
export type SecurityStatus = 'secure' | 'insecure' | 'bogus' | 'indeterminate';
