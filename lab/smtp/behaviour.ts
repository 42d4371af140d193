/** How a mail host of the lab behaves. Declarative, so that a scene says only what is special about it. */
export interface SmtpBehaviour {
  /** whole greeting with its code; default `220 <host> ESMTP Postfix` */
  readonly greeting?: string;
  readonly starttls?: 'offered' | 'not-offered';
  /** reply to STARTTLS; default 220 */
  readonly starttlsReply?: string;
  /** what follows the ClientHello: `hang-up` ends the stream, `reset` breaks the connection */
  readonly handshake?: 'complete' | 'hang-up' | 'reset';
}
