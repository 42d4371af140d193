/** What a server with a fault looks at in a ClientHello (RFC 8446 §4.1.2) before it behaves badly. */
export interface HelloGlimpse {
  readonly hasServerName: boolean;
  readonly groups: number;
  readonly offersTls13: boolean;
}

const RECORD_HEADER = 5;
const MESSAGE_HEADER = 4;
const VERSION_AND_RANDOM = 34;
const EXTENSION = { serverName: 0, supportedGroups: 10, supportedVersions: 43 } as const;

/** @param octets the first record of our own client, whole: nobody else talks to the lab */
export function glimpse(octets: Buffer): HelloGlimpse {
  let at = RECORD_HEADER + MESSAGE_HEADER + VERSION_AND_RANDOM;
  at += 1 + octets.readUInt8(at);
  at += 2 + octets.readUInt16BE(at);
  at += 1 + octets.readUInt8(at);
  const extensions = readExtensions(octets.subarray(at + 2, at + 2 + octets.readUInt16BE(at)));
  const versions = extensions.get(EXTENSION.supportedVersions) ?? Buffer.alloc(0);
  return {
    hasServerName: extensions.has(EXTENSION.serverName), groups: ((extensions.get(EXTENSION.supportedGroups)?.length ?? 2) - 2) / 2,
    offersTls13: versions.includes(Buffer.from([3, 4])),
  };
}

function readExtensions(octets: Buffer): ReadonlyMap<number, Buffer> {
  const extensions = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= octets.length;) {
    const length = octets.readUInt16BE(at + 2);
    extensions.set(octets.readUInt16BE(at), octets.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return extensions;
}
