import { beforeEach, describe, expect, test } from 'vitest';
import { addressSubject, certificateSubject, connectionSubject, endpointSubject, mxSubject, rrsetSubject, tlsaSubject } from '../../core/base/subject.ts';
import { fold } from '../../core/inspection/fold.ts';
import { focusOf } from '../../renderer/selection/focus.ts';
import { useSelection } from '../../renderer/selection/selection-store.ts';
import { tlsaGrid } from '../../renderer/views/tlsa/model.ts';
import { twoHosts } from './fixtures/events.ts';

const run = fold(twoHosts);
const rsa = endpointSubject('mx1.example.org', '192.0.2.10', 'RSA');
const ecdsa = endpointSubject('mx1.example.org', '192.0.2.10', 'ECDSA');
const second = endpointSubject('mx2.example.org', '198.51.100.5', 'ECDSA');
const at = (subject: Parameters<typeof addressSubject>[0], last: typeof rsa | null = null, event: number | null = null) => focusOf(run, { subject: subject as typeof rsa, event }, last);
const endpointOf = (focus: ReturnType<typeof focusOf>) => `${focus.endpoint?.verdict.address ?? ''} ${focus.endpoint?.verdict.keyType ?? ''}`;

describe('what a selection means to the views', () => {
  test('nothing selected: the worst endpoint', () => {
    expect(endpointOf(focusOf(run, null, null))).toBe('192.0.2.10 RSA');
  });

  test('an endpoint brings its own connection and host', () => {
    const focus = at(second);
    expect([focus.connection?.connection.number, focus.host?.name]).toEqual([4, 'mx2.example.org']);
  });

  test('the nth connection to an address', () => {
    expect(at(connectionSubject('mx1.example.org', '192.0.2.10', 2)).connection?.connection.number).toBe(2);
  });

  test('a dialogue line brings the connection that it belongs to', () => {
    const line = run.connections[1]?.lines[2];
    expect(at(connectionSubject('mx1.example.org', '192.0.2.10', 1), null, line?.seq ?? null).connection?.connection.number).toBe(2);
  });

  test('a certificate of several endpoints stays at the one looked at before', () => {
    const issuer = run.endpoints[0]?.verdict.chain[1] ?? '';
    expect(endpointOf(at(certificateSubject(issuer), ecdsa))).toBe('192.0.2.10 ECDSA');
    expect(endpointOf(at(certificateSubject(issuer), second))).toBe('192.0.2.10 RSA');
  });

  test('a record, its RRset, its host and an address lead to the host', () => {
    expect(at(tlsaSubject('mx2.example.org', 1))).toMatchObject({ record: 1, host: { name: 'mx2.example.org' } });
    expect(at(rrsetSubject('_25._tcp.mx2.example.org', 'TLSA')).host?.name).toBe('mx2.example.org');
    expect(at(mxSubject('mx2.example.org')).host?.name).toBe('mx2.example.org');
    expect(endpointOf(at(addressSubject('mx1.example.org', '192.0.2.10')))).toBe('192.0.2.10 RSA');
  });

  test('a cell of the TLSA grid leads to the record and to the certificate of its depth, at its endpoint', () => {
    const [shown] = run.endpoints;
    const [host] = run.hosts;
    if (shown === undefined || host === undefined) throw new Error('not in the fixture');
    const cell = tlsaGrid(run, host, shown).rows[0]?.cells[1];
    expect(at(tlsaSubject(host.name, 0), second, cell?.event ?? null)).toMatchObject({ record: 0, certificate: shown.verdict.chain[1], endpoint: { verdict: { keyType: shown.verdict.keyType } } });
    expect(at(tlsaSubject(host.name, 0))).toMatchObject({ record: 0, certificate: null });
  });

  test('a subject of another run leads nowhere and breaks nothing', () => {
    expect(at('cert:gone').certificate).toBeNull();
    expect(focusOf(fold([]), { subject: rsa, event: 3 }, rsa)).toEqual({ host: null, endpoint: null, connection: null, certificate: null, record: null });
  });
});

describe('the history of selections', () => {
  beforeEach(() => useSelection.getState().clear());
  const subject = (): string | undefined => useSelection.getState().selection?.subject;

  test('back and forward; a new step drops what lay ahead', () => {
    const { select, goBack, goForward } = useSelection.getState();
    select(rsa);
    select(ecdsa);
    select(second);
    goBack();
    expect(subject()).toBe(ecdsa);
    goForward();
    expect(subject()).toBe(second);
    goBack();
    goBack();
    select(second);
    goForward();
    expect(subject()).toBe(second);
    goBack();
    expect(subject()).toBe(rsa);
  });

  test('the same selection twice is one step, and 200 steps are kept', () => {
    const { select } = useSelection.getState();
    for (let step = 0; step < 500; step += 1) {
      select(rsa, step);
      select(rsa, step);
    }
    expect(useSelection.getState().back).toHaveLength(200);
  });
});
