/** What each name server answered to each question, and where servers of one zone say different things. */
import { fromBase64 } from '../../../core/base/bytes.ts';
import { rrsetSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
import { parseMessage } from '../../../core/dns/message.ts';
import { recordText } from '../../../core/dns/presentation.ts';
import { RRTYPE } from '../../../core/dns/rrtype.ts';
import type { DnsExchange, Run } from '../../../core/inspection/run.ts';

export interface AnswerRow {
  readonly id: string;
  readonly exchange: DnsExchange;
  readonly server: string;
  /** rcode, or what went wrong */
  readonly result: string;
  readonly failed: boolean;
  /** `aa tc ad` */
  readonly flags: string;
  /** what is not as with the first server of the same zone: `rcode`, `records` */
  readonly differs: readonly string[];
  readonly subject: SubjectId;
}

export interface Question {
  readonly id: string;
  /** `example.org MX` */
  readonly title: string;
  /** the zone whose servers were asked; null for a forwarder */
  readonly zone: string | null;
  readonly rows: readonly AnswerRow[];
}

/** Questions in the order in which they were first asked; servers of different zones are not held against each other: a parent refers. */
export function questions(run: Run): readonly Question[] {
  const groups = new Map<string, DnsExchange[]>();
  for (const exchange of run.exchanges) {
    const id = `${exchange.name.toLowerCase()} ${exchange.rrtype} ${exchange.zone ?? ''}`;
    const known = groups.get(id);
    if (known === undefined) groups.set(id, [exchange]);
    else known.push(exchange);
  }
  return [...groups].map(([id, exchanges]) => question(id, exchanges));
}

export function filteredQuestions(all: readonly Question[], filter: string): readonly Question[] {
  const wanted = filter.trim().toLowerCase();
  if (wanted === '') return all;
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  return all.map((one) => (has(`${one.title} ${one.zone ?? ''}`) ? one : { ...one, rows: one.rows.filter((row) => has(`${row.server} ${row.result} ${row.flags} ${row.differs.length > 0 ? 'differs' : ''}`)) }))
    .filter((one) => one.rows.length > 0);
}

function question(id: string, exchanges: readonly DnsExchange[]): Question {
  const first = exchanges[0];
  const model = exchanges.find((one) => one.answer !== null && !one.answer.truncated);
  return {
    id, title: `${first?.name ?? ''} ${first?.rrtype ?? ''}`, zone: first?.zone ?? null,
    rows: exchanges.map((exchange) => answerRow(exchange, model)),
  };
}

function answerRow(exchange: DnsExchange, model: DnsExchange | undefined): AnswerRow {
  const { answer, failure, server } = exchange;
  const flags = answer === null ? '' : [answer.authoritative ? 'aa' : '', answer.truncated ? 'tc' : '', answer.authenticatedData ? 'ad' : ''].filter((flag) => flag !== '').join(' ');
  return {
    id: `exchange ${String(exchange.exchange)}`, exchange, server: serverText(server), flags,
    result: failure?.text ?? answer?.rcode ?? 'no answer yet', failed: failure !== null || (answer !== null && answer.rcode !== 'NOERROR' && answer.rcode !== 'NXDOMAIN'),
    differs: model === undefined || model === exchange ? [] : differences(exchange, model), subject: rrsetSubject(exchange.name, exchange.rrtype),
  };
}

const serverText = ({ name, address, port }: DnsExchange['server']): string => {
  const at = port === 53 ? address : `${address} port ${String(port)}`;
  return name === null ? at : `${name} (${at})`;
};

/** A truncated answer is asked again over TCP and says nothing of its own. */
function differences(one: DnsExchange, model: DnsExchange): readonly string[] {
  if (one.answer === null || model.answer === null || one.answer.truncated) return [];
  return [
    ...(one.answer.rcode === model.answer.rcode ? [] : ['rcode']),
    ...(one.answer.authoritative === model.answer.authoritative ? [] : ['aa']),
    ...(answerText(one) === answerText(model) ? [] : ['records']),
  ];
}

const known = new WeakMap<object, string>();

/** The records of the answer without TTLs and signatures, which may differ without harm, in a fixed order. */
function answerText({ answer }: DnsExchange): string {
  if (answer === null) return '';
  const before = known.get(answer);
  if (before !== undefined) return before;
  const parsed = parseMessage(fromBase64(answer.response));
  const text = parsed.ok ? parsed.value.answer.filter((record) => record.type !== RRTYPE.RRSIG).map((record) => recordText({ ...record, ttl: 0 }).toLowerCase()).sort().join('\n') : 'malformed';
  known.set(answer, text);
  return text;
}
