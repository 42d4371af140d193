/** What a phase of the dialogue tells, and why one ended early. */
import type { Result } from '../base/result.ts';
import type { TlsFact } from '../tls/facts.ts';
import type { SmtpFact, SmtpFailure } from './facts.ts';
import type { Reply } from './reply.ts';

export type Fact = SmtpFact | TlsFact;
/** Its channel adds when, and of which connection. */
export type ToldFact = WithoutBase<Fact>;
type WithoutBase<Told> = Told extends unknown ? Omit<Told, 'at' | 'subject'> : never;

/** Why a phase ended early; the phase adds when and where. */
export type Stop = Pick<SmtpFailure, 'code' | 'text' | 'replyCode'>;
export type Asked = Result<Reply, Stop>;
