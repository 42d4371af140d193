/** How a mail host of the lab behaves. Declarative, so that a scene says only what is special about it. */
export interface SmtpBehaviour {
  /** whole greeting with its code; default `220 <host> ESMTP Postfix` */
  readonly greeting?: string;
  /** after EHLO: `hang-up` ends the stream without a reply; default: a reply with the capabilities */
  readonly hello?: 'reply' | 'hang-up';
  /** whole reply to EHLO inside TLS with its code; default: the capabilities */
  readonly protectedHelloReply?: string;
  readonly starttls?: 'offered' | 'not-offered';
  /** reply to STARTTLS; default 220 */
  readonly starttlsReply?: string;
  /** STARTTLS is offered inside TLS too */
  readonly starttlsInsideTls?: boolean;
  /** commands that came with STARTTLS are kept and obeyed inside TLS (CVE-2011-0411); default: thrown away (RFC 3207 §4.2) */
  readonly keepsCommands?: boolean;
  /** what ends every line; default CRLF */
  readonly lineEnding?: '\r\n' | '\n';
  /** what follows the ClientHello: `hang-up` ends the stream, `reset` breaks the connection, `plaintext` answers in clear */
  readonly handshake?: 'complete' | 'hang-up' | 'reset' | 'plaintext';
  /** a ClientHello that offers more groups is met by the end of the stream, as by a device that cannot read it */
  readonly mostGroups?: number;
  /** `refused`: alert unrecognized_name for any name; default: names do not matter */
  readonly serverName?: 'refused';
  readonly clientCertificate?: 'required';
  /** default TLS 1.2 and 1.3; `old`: TLS 1.0 and 1.1; `new`: TLS 1.3 alone; `weak-keys`: the usual, with keys of any length */
  readonly versions?: 'old' | 'new' | 'weak-keys';
}
