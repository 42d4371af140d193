/** Question × name server, where every server was asked: who says the same, who differs, who says nothing. */
import { rrsetSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
import type { ComparedServer } from '../../../core/dns/facts.ts';
import type { Run } from '../../../core/inspection/run.ts';
import type { Status } from '../../status/vocabulary.ts';

export interface ServerMatrix {
  readonly zone: string;
  /** `ns1.example.org (192.0.2.1)`; the same server in each row */
  readonly servers: readonly string[];
  readonly rows: readonly ServerRow[];
}

export interface ServerRow {
  readonly id: string;
  readonly title: string;
  readonly subject: SubjectId;
  readonly event: number;
  readonly differs: boolean;
  /** null where that server was not asked this */
  readonly cells: readonly (ServerCell | null)[];
}

export interface ServerCell {
  readonly status: Status;
  /** records and serial, in a line */
  readonly help: string;
}

type Compared = NonNullable<Run['comparisons']>[number];

/** A matrix for each zone, as each has servers of its own. */
export function serverMatrices(run: Run): readonly ServerMatrix[] {
  const asked = (run.comparisons ?? []).filter((one) => one.servers.length > 0);
  const zones = [...new Set(asked.map(({ zone }) => zone ?? ''))];
  return zones.map((zone) => {
    const own = asked.filter((one) => (one.zone ?? '') === zone);
    const servers = [...new Map(own.flatMap((one) => one.servers).map(({ server }) => [placeOf(server), server])).keys()];
    return { zone, servers, rows: own.map((one) => rowOf(one, servers)) };
  });
}

const placeOf = ({ name, address }: ComparedServer['server']): string => (name === null ? address : `${name} (${address})`);

function rowOf(one: Compared, servers: readonly string[]): ServerRow {
  const groups = one.servers.map(({ group }) => group).filter((group) => group !== null);
  // What most say is the measure; it need not be right. Of equals, what was said first.
  const most = groups.toSorted((left, right) => count(groups, right) - count(groups, left))[0] ?? null;
  return {
    id: `${one.name} ${one.rrtype} ${String(one.seq)}`, title: `${one.name} ${one.rrtype}`, subject: rrsetSubject(one.name, one.rrtype), event: one.seq, differs: new Set(groups).size > 1 || one.servers.some(({ failure }) => failure !== null),
    cells: servers.map((place) => {
      const server = one.servers.find((candidate) => placeOf(candidate.server) === place);
      return server === undefined ? null : cellOf(server, most);
    }),
  };
}

const count = (groups: readonly number[], group: number): number => groups.filter((one) => one === group).length;

function cellOf({ failure, rcode, records, serial, group }: ComparedServer, most: number | null): ServerCell {
  const said = records.length === 0 ? `${rcode ?? 'no answer'}, no records` : records.join('; ');
  const help = `${failure?.text ?? said}${serial === null ? '' : ` · serial ${String(serial)}`}`;
  if (failure !== null) return { status: { sign: 'cross', tone: 'bogus', word: failure.code }, help };
  if (group === null) return { status: { sign: 'question', tone: 'warning', word: rcode ?? 'nothing' }, help };
  return group === most ? { status: { sign: 'check', tone: 'secure', word: 'same' }, help } : { status: { sign: 'warning', tone: 'warning', word: 'differs' }, help };
}
