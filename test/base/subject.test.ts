import { expect, test } from 'vitest';
import { addressSubject, connectionSubject, endpointSubject, endpointParts, hostOfSubject, rrsetSubject, tlsaSubject } from '../../core/base/subject.ts';

/** A label may hold any octet (RFC 1035 §3.1), also the one that parts a subject. */
const HOST = 'a/192.0.2.9/rsa.example';

test('a slash in a name is escaped (RFC 1035 §5.1), so that the parts of a subject stay apart', () => {
  for (const subject of [addressSubject(HOST, '192.0.2.1'), tlsaSubject(HOST, 0), rrsetSubject(HOST, 'A')]) expect(subject.split('/')).toHaveLength(2);
  for (const subject of [connectionSubject(HOST, '192.0.2.1', 1), endpointSubject(HOST, '192.0.2.1', 'ECDSA')]) expect(subject.split('/')).toHaveLength(3);
});

test.each([HOST, 'mx.example', 'a\\047b.example', 'a\\\\047/b.example', '2001:db8::1'])('the host %s is read back as it was', (host) => {
  expect(hostOfSubject(connectionSubject(host, '192.0.2.1', 1))).toBe(host.replaceAll(/(?<!\\)\\047/g, '/'));
  expect(endpointSubject(endpointParts(endpointSubject(host, '::1', null)).host, '::1', null)).toBe(endpointSubject(host, '::1', null));
});

test('names that differ have subjects that differ', () => {
  expect(endpointSubject('a/b', '192.0.2.1', 'RSA')).not.toBe(endpointSubject('a\\\\047b', '192.0.2.1', 'RSA'));
});
