/** What the admin asked to have inspected. All names are A-labels without the trailing dot, lower case. */
export type Target = MailDomainTarget | HostTarget;

export interface MailDomainTarget {
  readonly kind: 'mail-domain';
  /** as typed, for the headline and the report */
  readonly input: string;
  readonly domain: string;
  /** U-label form where it differs */
  readonly unicode: string | null;
  readonly port: number;
  readonly tls: TlsStart;
}

export interface HostTarget {
  readonly kind: 'host';
  readonly input: string;
  /** a name, or an address literal without brackets: DANE does not apply to a literal (RFC 7672 §2.2) */
  readonly host: string;
  readonly unicode: string | null;
  readonly literal: 'ipv4' | 'ipv6' | null;
  readonly port: number;
  readonly tls: TlsStart;
}

/** STARTTLS (RFC 3207) or TLS on connect (RFC 8314 §3.3) */
export type TlsStart = 'starttls' | 'on-connect';

/** What was wrong with which part of the text, and an example that would do. */
export interface TargetError {
  readonly code: 'empty' | 'bad-host' | 'bad-label' | 'bad-port' | 'bad-address' | 'bad-idna' | 'too-long' | 'not-a-name' | 'unexpected';
  /** the part of the input that is wrong */
  readonly part: string;
  readonly message: string;
  readonly example: string;
}
