/** What a scene says about itself. Everything that it leaves out is as a careful operator would have it. */
import type { SceneOptions } from '../../core/api/inspector-client.ts';
import type { Outcome } from '../../core/dane/facts.ts';
import type { CertificateKeyType } from '../certificates/certificate.ts';
import type { StapleKind } from '../certificates/ocsp.ts';
import type { SmtpBehaviour } from '../smtp/behaviour.ts';
import type { KeyAlgorithm } from '../zone/key.ts';
import type { DenialKind } from '../zone/zone.ts';

export interface SceneDefinition {
  /** where it is a finding's code, the scene provokes exactly that finding */
  readonly name: string;
  /** one line that teaches */
  readonly title: string;
  readonly outcome: Outcome;
  /** codes of the findings it provokes, sorted */
  readonly findings: readonly string[];
  /** default `<name>.example` */
  readonly domain?: string;
  /** what to inspect; default the domain */
  readonly target?: string;
  /** default: inspected as any domain is */
  readonly options?: SceneOptions;
  /** default: one, of the domain; none: the domain is not delegated */
  readonly zones?: readonly SceneZone[];
  /** default `hosts`: an MX record for each host; `none`: no MX RRset */
  readonly mx?: 'hosts' | 'null' | 'none';
  readonly hosts: readonly MailHost[];
}

export interface SceneZone {
  /** default the scene's domain */
  readonly apex?: string;
  /** default ECDSAP256SHA256; `unsigned`: no keys, and no DS at the parent */
  readonly signing?: KeyAlgorithm | 'unsigned';
  /** so many keys beside the right one, all of one tag, each with a signature of no key over every RRset (CVE-2023-50387); default none */
  readonly collidingKeys?: number;
  readonly denial?: DenialKind;
  /** default 0 */
  readonly nsec3Iterations?: number;
  /**
   * A second name server: `isStale` where it has the zone as it was a serial number before, with the records that its hosts had then;
   * `secondsAhead` where its clock is not that of the others; `failsFor`: SERVFAIL for that type.
   */
  readonly secondServer?: { readonly isStale?: true; readonly secondsAhead?: number; readonly failsFor?: number };
  /** the DS at the parent belongs to another key */
  readonly dsMismatch?: boolean;
  /** owner name of the TLSA RRset that has one signature of each kind that does not hold, beside the good one; the parent has such DS records, and one key is revoked */
  readonly strange?: string;
  /** owner names in full */
  readonly signatureFaults?: readonly { readonly owner: string; readonly type: number; readonly fault: 'expired' | 'altered' }[];
  readonly answerFaults?: readonly (
    | { readonly kind: 'server-failure'; readonly type: number }
    | { readonly kind: 'in-between-refused'; readonly name: string }
    | { readonly kind: 'name-denied'; readonly name: string })[];
}

export interface MailHost {
  /** default `mx1.<domain>` */
  readonly name?: string;
  readonly preference?: number;
  /** the name is a CNAME for this one, where addresses and TLSA records are */
  readonly aliasFor?: string;
  /** default one IPv4 address that does what the host does */
  readonly addresses?: readonly HostAddress[];
  /** default one ECDSA certificate for the host's name, sent with the intermediate CA's */
  readonly certificates?: readonly HostCertificate[];
  /** default none */
  readonly tlsa?: readonly TlsaPlan[];
  /** the TLSA records stand at `*._tcp` */
  readonly tlsaAtWildcard?: true;
  /** on a stale name server; default the same */
  readonly formerTlsa?: readonly TlsaPlan[];
  readonly behaviour?: SmtpBehaviour;
  /** default 25 with STARTTLS; TLSA records are published for each; empty: nobody listens */
  readonly ports?: readonly (25 | 465)[];
}

export interface HostAddress {
  readonly family: 4 | 6;
  /** this address shows a certificate that no record is about */
  readonly otherCertificate?: boolean;
  /** clients without TLS 1.3 are shown a certificate that no record is about */
  readonly otherTls12Certificate?: boolean;
}

export interface HostCertificate {
  readonly keyType: CertificateKeyType;
  /** default the host's name (the expanded one of an alias) */
  readonly names?: readonly string[];
  readonly expired?: boolean;
  /** valid for five days more */
  readonly expiresSoon?: boolean;
  /** default `intermediate`: the leaf and the CA that issued it; `root`: the root too; `leaf`: nothing else; `too-much`: over 100 kB */
  readonly sends?: 'leaf' | 'intermediate' | 'root' | 'too-much';
  /** issued by an authority whose own certificate has expired since; it is sent with it, and is the `issuer` of TLSA records */
  readonly byFormerAuthority?: boolean;
  /** issued with the key of a mail server's certificate, which may issue nothing; it is sent with it, and is the `issuer` of TLSA records */
  readonly byNoAuthority?: boolean;
  /** OCSP response that comes with it; default none */
  readonly staple?: StapleKind;
}

export interface TlsaPlan {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  readonly of: TlsaSubject;
  /** the record is cut to so many octets of data */
  readonly octets?: number;
}

/** `leaf`: the host's first certificate, `issuer` and `root` its CAs; `next`: a key that is not in use */
export type TlsaSubject = 'leaf' | 'issuer' | 'root' | 'next';

export const tlsa = (usage: number, selector: number, matchingType: number, of: TlsaSubject): TlsaPlan => ({ usage, selector, matchingType, of });
