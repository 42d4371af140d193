/** A TLSA record: its fields in words, its data in full, and how it fared at each depth. */
import type { DestinationHost } from '../../../core/destination/facts.ts';
import type { Focus } from '../../selection/focus.ts';
import { matchingName, selectorName, usageName } from '../../text/dns-numbers.ts';
import { judged, recordNumbers } from '../tlsa/model.ts';
import type { Details, Field } from './fields.ts';

export function recordDetails(host: DestinationHost, index: number, focus: Focus): Details {
  const record = host.records.find((one) => one.index === index);
  if (record === undefined) return { kind: 'TLSA record', title: host.name, status: null, summary: null, sections: [] };
  const owner = host.tlsaBaseDomain ?? host.name;
  const compared = focus.endpoint?.comparisons.filter((one) => one.record === index) ?? [];
  const matched = focus.endpoint?.verdict.matched ?? null;
  const refused = focus.endpoint?.verdict.outcome === 'refused';
  return {
    kind: 'TLSA record', title: `${recordNumbers(record)} · record ${String(index + 1)} of ${String(host.records.length)}`,
    status: record.usable ? { sign: 'check', tone: 'secure', word: 'usable' } : { sign: 'dash', tone: 'pending', word: 'unusable' },
    summary: record.reason?.text ?? null,
    sections: [
      { title: 'Record', fields: [
        { label: 'Base domain', value: owner, mono: true, copy: true },
        { label: 'Usage', value: usageName(record.usage) },
        { label: 'Selector', value: selectorName(record.selector) },
        { label: 'Matching type', value: matchingName(record.matchingType) },
        { label: 'Data', value: record.data, mono: true, copy: true },
        { label: 'TTL', value: `${String(host.tlsaTtl)} s` },
      ] },
      { title: 'Compared', fields: compared.map((one): Field => {
        const { status, help } = judged(one, record, { refused, authenticates: matched?.record === index && matched.depth === one.depth });
        return { label: one.depth === null ? 'in DNS' : `depth ${String(one.depth)}`, value: help, status };
      }) },
    ],
  };
}
