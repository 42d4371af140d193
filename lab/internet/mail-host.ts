/** A mail host of a scene: its certificates, its TLSA records and its servers. */
import { createHash } from 'node:crypto';
import { parseName } from '../../core/dns/name.ts';
import type { Authority } from '../certificates/authority.ts';
import type { Certificate, Credential } from '../certificates/certificate.ts';
import { ocspResponse } from '../certificates/ocsp.ts';
import { addressRdata, tlsaRdata } from '../dns/rdata.ts';
import type { ZoneRecord } from '../dns/response.ts';
import { A, AAAA, CNAME, TLSA } from '../dns/rrtype.ts';
import type { HostAddress, HostCertificate, MailHost, TlsaPlan, TlsaSubject } from '../scenes/definition.ts';
import type { SmtpServerOptions } from '../smtp/server.ts';
import type { AddressPlan } from './addresses.ts';
import { once } from './once.ts';

const TTL = 3600;

export interface PlannedHost {
  readonly name: string;
  readonly preference: number;
  /** where its addresses and TLSA records are: its own name, or the one it is an alias for */
  readonly expandedName: string;
  readonly addresses: readonly { readonly address: string; readonly plan: HostAddress }[];
  readonly ports: readonly (25 | 465)[];
  /** @param former as a stale name server has them */
  readonly records: (former?: boolean) => Promise<readonly ZoneRecord[]>;
  readonly serverOptions: (at: HostAddress, port: 25 | 465) => Promise<SmtpServerOptions>;
}

export function planHost(host: MailHost, domain: string, world: { readonly addresses: AddressPlan; readonly authority: () => Promise<Authority> }): PlannedHost {
  const name = host.name ?? `mx1.${domain}`;
  const expandedName = host.aliasFor ?? name;
  const addresses = (host.addresses ?? [{ family: 4 }]).map((plan) => ({ plan, address: world.addresses.mailHost(plan.family) }));
  const ports = host.ports ?? [25];
  const certificates = new HostCertificates(host.certificates ?? [{ keyType: 'ecdsa' }], expandedName, world.authority);
  return {
    name, expandedName, addresses, ports, preference: host.preference ?? 10,
    records: async (former = false) => [
      ...(host.aliasFor === undefined ? [] : [{ owner: parseName(name), type: CNAME, ttl: TTL, rdata: parseName(host.aliasFor) }]),
      ...addresses.map(({ address, plan }) => ({ owner: parseName(expandedName), type: plan.family === 4 ? A : AAAA, ttl: TTL, rdata: addressRdata(address) })),
      ...await tlsaRecords((former ? host.formerTlsa : undefined) ?? host.tlsa ?? [], ports.length === 0 ? [25] : ports, { name: expandedName, certificates, wildcard: host.tlsaAtWildcard === true }),
    ],
    serverOptions: async (at, port) => ({
      hostname: expandedName, tlsOnConnect: port === 465, behaviour: host.behaviour ?? {},
      credentials: await (at.otherCertificate === true ? certificates.others() : certificates.shown()),
      ...(at.otherTls12Certificate === true ? { credentialsTls12: await certificates.others() } : {}),
    }),
  };
}

class HostCertificates {
  readonly #orders: readonly HostCertificate[];
  readonly #authority: () => Promise<Authority>;
  readonly #issued: () => Promise<readonly Credential[]>;
  /** a certificate as the host had it before, or will have it */
  readonly #next: () => Promise<Credential>;
  readonly #other: () => Promise<Credential>;

  constructor(orders: readonly HostCertificate[], host: string, authority: () => Promise<Authority>) {
    this.#orders = orders;
    this.#authority = authority;
    const issue = async (order: HostCertificate): Promise<Credential> =>
      await (await authority()).issue({ names: order.names ?? [host], keyType: order.keyType, expired: order.expired ?? false, expiresSoon: order.expiresSoon ?? false, byFormer: order.byFormerAuthority ?? false, byNoAuthority: order.byNoAuthority ?? false });
    this.#issued = once(async () => await Promise.all(orders.map(issue)));
    this.#next = once(() => issue({ keyType: 'ecdsa' }));
    this.#other = once(() => issue({ keyType: 'ecdsa' }));
  }

  async shown(): Promise<SmtpServerOptions['credentials']> {
    const issued = await this.#issued();
    return await Promise.all(issued.map((credential, index) => this.#inPem(credential, this.#orders[index])));
  }

  async others(): Promise<SmtpServerOptions['credentials']> {
    return [await this.#inPem(await this.#other())];
  }

  async certificate(subject: TlsaSubject): Promise<Certificate> {
    const authority = await this.#authority();
    switch (subject) {
      case 'leaf': return ((await this.#issued())[0] as Credential).certificate;
      case 'issuer': return issuerOf(authority, this.#orders[0]).certificate;
      case 'root': return authority.root.certificate;
      case 'next': return (await this.#next()).certificate;
    }
  }

  async #inPem(credential: Credential, order: Partial<HostCertificate> = {}): Promise<SmtpServerOptions['credentials'][number]> {
    const { sends = 'intermediate', staple } = order;
    const authority = await this.#authority();
    const issuer = issuerOf(authority, order);
    const above = aboveLeaf({ issuer, root: authority.root }, sends);
    return {
      key: credential.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      chain: [credential, ...above].map(({ certificate }) => certificate.pem).join(''),
      ...(staple === undefined ? {} : { staple: ocspResponse(staple, credential, issuer, Date.now()) }),
    };
  }
}

const issuerOf = ({ intermediate, former, noAuthority }: Authority, { byFormerAuthority = false, byNoAuthority = false }: Partial<HostCertificate> = {}): Credential =>
  (byNoAuthority ? noAuthority : byFormerAuthority ? former : intermediate);

const TOO_MUCH = 110_000;

function aboveLeaf({ issuer, root }: { readonly issuer: Credential; readonly root: Credential }, sends: NonNullable<HostCertificate['sends']>): readonly Credential[] {
  if (sends === 'too-much') return Array.from({ length: Math.ceil(TOO_MUCH / issuer.certificate.der.length) }, () => issuer);
  return [issuer, root].slice(0, ['leaf', 'intermediate', 'root'].indexOf(sends));
}

async function tlsaRecords(
  plans: readonly TlsaPlan[], ports: readonly number[], host: { readonly name: string; readonly certificates: HostCertificates; readonly wildcard: boolean },
): Promise<ZoneRecord[]> {
  const rdatas = await Promise.all(plans.map(async (plan) => {
    const data = associationData(await host.certificates.certificate(plan.of), plan);
    return tlsaRdata(plan.usage, plan.selector, plan.matchingType, data.subarray(0, plan.octets ?? data.length));
  }));
  return ports.flatMap((port) => rdatas.map((rdata) => ({ owner: parseName(`${host.wildcard ? '*' : `_${String(port)}`}._tcp.${host.name}`), type: TLSA, ttl: TTL, rdata })));
}

/** RFC 6698 §2.1.4: what the selector names, whole or as a digest. */
function associationData(certificate: Certificate, { selector, matchingType }: TlsaPlan): Uint8Array {
  const selected = selector === 0 ? certificate.der : certificate.spki;
  if (matchingType === 0) return selected;
  return new Uint8Array(createHash(matchingType === 1 ? 'sha256' : 'sha512').update(selected).digest());
}
