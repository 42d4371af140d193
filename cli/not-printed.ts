/** A PDF was wanted and could not be printed: neither the command line nor we are wrong. */
export class NotPrinted extends Error {}
