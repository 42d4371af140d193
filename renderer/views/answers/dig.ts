/** A DNS message as dig prints it: header, flags, sections. All of it is escaped by whoever shows it. */
import { toHex } from '../../../core/base/bytes.ts';
import { nameText } from '../../../core/dns/name.ts';
import { parseMessage } from '../../../core/dns/message.ts';
import { recordText } from '../../../core/dns/presentation.ts';
import type { Message, ResourceRecord } from '../../../core/dns/record.ts';
import { rrclassName, rrtypeName } from '../../../core/dns/rrtype.ts';

/** records shown of one section */
const SHOWN = 200;

const RCODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED', 'YXDOMAIN', 'YXRRSET', 'NXRRSET', 'NOTAUTH', 'NOTZONE'];

/** Lines that begin with `;` are comments, as in a zone file. */
export function digLines(bytes: Uint8Array): readonly string[] {
  const parsed = parseMessage(bytes);
  if (!parsed.ok) return [`;; malformed: ${parsed.failure.text}`];
  const message = parsed.value;
  return [
    `;; ->>HEADER<<- opcode: ${message.opcode === 0 ? 'QUERY' : String(message.opcode)}, status: ${RCODES[message.rcode] ?? `RCODE${String(message.rcode)}`}, id: ${String(message.id)}`,
    `;; flags:${flagWords(message).map((word) => ` ${word}`).join('')}; QUERY: ${String(message.questions.length)}, ANSWER: ${String(message.answer.length)}, AUTHORITY: ${String(message.authority.length)}, ADDITIONAL: ${String(message.additional.length)}`,
    ...ednsLines(message),
    ...message.questions.slice(0, SHOWN).flatMap((question) => ['', ';; QUESTION SECTION:', `;${absolute(nameText(question.name))} ${rrclassName(question.class)} ${rrtypeName(question.type)}`]),
    ...section('ANSWER', message.answer), ...section('AUTHORITY', message.authority), ...section('ADDITIONAL', message.additional),
  ];
}

/** `qr aa rd`, in the order of the header (RFC 1035 §4.1.1, RFC 4035 §3.2.2). */
export function flagWords(message: Message): readonly string[] {
  const flags: readonly (readonly [boolean, string])[] = [
    [message.response, 'qr'], [message.authoritative, 'aa'], [message.truncated, 'tc'], [message.recursionDesired, 'rd'], [message.recursionAvailable, 'ra'],
    [message.authenticatedData, 'ad'], [message.checkingDisabled, 'cd'],
  ];
  return flags.flatMap(([set, word]) => (set ? [word] : []));
}

function ednsLines({ edns }: Message): readonly string[] {
  if (edns === null) return [];
  return ['', ';; OPT PSEUDOSECTION:', `; EDNS: version: ${String(edns.version)}, flags:${edns.dnssecOk ? ' do' : ''}; udp: ${String(edns.udpPayloadSize)}`, ...edns.options.slice(0, SHOWN).map(optionLine)];
}

const EXTENDED_ERROR = 15;
/** RFC 8914 §4, by number */
const EXTENDED_ERRORS = [
  'Other', 'Unsupported DNSKEY Algorithm', 'Unsupported DS Digest Type', 'Stale Answer', 'Forged Answer', 'DNSSEC Indeterminate', 'DNSSEC Bogus', 'Signature Expired',
  'Signature Not Yet Valid', 'DNSKEY Missing', 'RRSIGs Missing', 'No Zone Key Bit Set', 'NSEC Missing', 'Cached Error', 'Not Ready', 'Blocked', 'Censored', 'Filtered',
  'Prohibited', 'Stale NXDOMAIN Answer', 'Not Authoritative', 'Not Supported', 'No Reachable Authority', 'Network Error', 'Invalid Data',
];

/** RFC 8914 §2: a code, and text in UTF-8 that need not be there. */
function optionLine({ code, data }: NonNullable<Message['edns']>['options'][number]): string {
  if (code !== EXTENDED_ERROR || data.length < 2) return `; OPT=${String(code)}: ${toHex(data)}`;
  const info = (data[0] ?? 0) * 256 + (data[1] ?? 0);
  const text = new TextDecoder().decode(data.subarray(2));
  return `; EDE: ${String(info)} (${EXTENDED_ERRORS[info] ?? 'unassigned'})${text === '' ? '' : `: (${text})`}`;
}

function section(title: string, records: readonly ResourceRecord[]): readonly string[] {
  if (records.length === 0) return [];
  const rest = records.length > SHOWN ? [`;; and ${String(records.length - SHOWN)} more`] : [];
  return ['', `;; ${title} SECTION:`, ...records.slice(0, SHOWN).map(recordText), ...rest];
}

const absolute = (name: string): string => (name.endsWith('.') ? name : `${name}.`);
