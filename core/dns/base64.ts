/** Base64 of messages and signatures: every one of a run is told, and Node writes it several times as fast as the portable way. */
import { Buffer } from 'node:buffer';
import type { Base64 } from '../base/subject.ts';

/** RFC 4648 §4, with padding. */
export const toBase64 = (bytes: Uint8Array): Base64 => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
