/** The trust graph as data: what is drawn, in which shape and with which words. No colour, no position. */
import type { SubjectId } from '../base/subject.ts';

export interface TrustGraph {
  /** one box for each zone */
  readonly clusters: readonly GraphCluster[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** what was left out, in sentences; empty where everything is drawn */
  readonly folded: readonly string[];
}

export interface GraphCluster {
  readonly id: string;
  readonly subject: SubjectId;
  readonly status: GraphStatus;
  readonly label: string;
}

export interface GraphNode {
  /** unique in the graph; may hold text from outside */
  readonly id: string;
  /** null for what is in no zone: certificates and endpoints */
  readonly cluster: string | null;
  readonly kind: NodeKind;
  /** id of the node whose row this is: a TLSA record stands in its RRset; null for what stands by itself */
  readonly within: string | null;
  readonly subject: SubjectId;
  /** of the RRset that the node is or is in: whether trust arrived. Independent of the edges that lead here. */
  readonly status: GraphStatus;
  /** escaped and short */
  readonly lines: readonly string[];
  readonly marks: readonly NodeMark[];
  /** escaped; what there is more to say, empty where nothing is */
  readonly detail: string;
}

export type NodeKind = 'zone' | 'dnskey' | 'ds' | 'rrset' | 'no-data' | 'name-error' | 'denial' | 'error' | 'tlsa' | 'certificate' | 'endpoint';

/** `missing`: a ghost of what should be there */
export type NodeMark = 'trust anchor' | 'SEP' | 'revoked' | 'opt-out' | 'missing' | 'wildcard' | 'unusable';

export interface GraphEdge {
  readonly id: string;
  /** ids of nodes; both are in the graph */
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly subject: SubjectId;
  /** of this signature, digest, proof or comparison itself */
  readonly status: GraphStatus;
  readonly line: 'solid' | 'dashed' | 'dotted' | 'double' | 'crossed';
  /** words beside the edge, such as `MX 10`, or why nothing was compared; mostly empty */
  readonly label: string;
  /** a sentence, escaped */
  readonly sentence: string;
}

export type EdgeKind = 'delegation' | 'digest' | 'signature' | 'denial' | 'alias' | 'error' | 'mx' | 'address' | 'comparison' | 'issuer' | 'presented';

/** `plain` is neither good nor bad; `absent` is what is missing or was not compared. */
export interface GraphStatus {
  readonly code: 'secure' | 'insecure' | 'bogus' | 'indeterminate' | 'expired' | 'pending' | 'plain' | 'absent';
  /** one character; empty where the line says enough */
  readonly sign: string;
  readonly word: string;
}
