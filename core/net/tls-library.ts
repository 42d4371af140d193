/** Which TLS library this process makes its handshakes with. */

/** BoringSSL offers less than the libraries of mail servers do: what fails with it may not fail with a sender's. */
export function isBoringSsl(): boolean {
  return 'electron' in process.versions || 'bun' in process.versions || ('openssl_is_boringssl' in process.features && process.features.openssl_is_boringssl === true);
}

/** such as `OpenSSL 3.0.19 (Node 20.20.2)` */
export function tlsLibrary(): string {
  const { electron, node, openssl } = process.versions;
  if (isBoringSsl()) return electron === undefined ? `BoringSSL (Node ${node})` : `BoringSSL (Electron ${electron})`;
  return `OpenSSL ${openssl} (Node ${node})`;
}
