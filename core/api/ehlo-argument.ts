/** A domain or an address literal (RFC 5321 §4.1.1.1). Anything else could end the EHLO line and begin another command. */
export const isEhloArgument = (text: string): boolean =>
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[A-Za-z0-9.:]{2,64}\])$/.test(text);
