/** What `--help` says. */

const GENERAL = `danescope inspects DANE for mail: DNSSEC from the root, SMTP to every address, every TLSA record
against the chain as presented. No mail is sent.

usage: danescope COMMAND [ARGUMENTS]

  check TARGET…      inspect mail domains or hosts
  report RUNFILE     turn a saved run into a report
  lab list           list the scenes of the practice lab
  app                open the inspector in the local browser

  --help             this text; danescope COMMAND --help for one command
  --version          the version

examples:
  danescope check example.org
  danescope check --lab tlsa-mismatch.example
`;

const CHECK = `usage: danescope check [FLAGS] TARGET…

A target is a mail domain, a mail address, or a host with its port:
  example.org   user@example.org   mx1.example.org:25   [2001:db8::25]:465

  --mx DOMAIN             a mail domain: its MX hosts are inspected (what a bare domain means)
  --host NAME             one host as next hop, without a look at its MX records

what is asked
  --lab                   ask the practice lab instead of the Internet
  --port NUMBER           the SMTP port (default 25, with --tls-on-connect 465)
  --tls-on-connect        TLS at once, without STARTTLS (RFC 8314)
  -4, -6                  only IPv4, only IPv6 addresses
  --helo NAME             the name in EHLO; servers see and log it
  --timeout SECONDS       for each step: connect, banner, reply, handshake
  --probe quick|full      one handshake an address, or one more for each key type (default full)

how names are resolved; by default from the root, and where port 53 is blocked through the system's resolver
  --resolver ADDR[:PORT]  forward to this resolver; it is asked for signatures and not trusted (repeatable)
  --root-hints FILE       other root servers, in zone-file form
  --trust-anchor FILE     other trust anchors: DS or DNSKEY in zone-file form (repeatable)

what is told
  --format text|json|ndjson
                          text: progress, dialogue, verdict and findings
                          json: the report; one target gives an object, several give an array
                          ndjson: every event as it comes, one a line
  --save FILE             keep all events as a run file (a run that is stopped is kept too)
  -q, --quiet             text: only verdict and findings
  --no-color              no colour; also when NO_COLOR is set or the output is no terminal

exit codes (several targets: 2 goes before 3, 3 before 1, 1 before 0)
  0   every endpoint authenticated
  1   only warnings, or no DANE
  2   refused, or a lookup failed: senders that enforce DANE do not deliver
  3   not determined from here, or nothing tested
  64  the command line is wrong
  70  a bug of danescope

examples:
  danescope check example.org
  danescope check --lab good-311.example tlsa-mismatch.example
  danescope check --format json example.org > report.json
  danescope check --host mx1.example.org --port 465 --tls-on-connect
`;

const LAB = `usage: danescope lab list [--format text|json]

Lists the scenes of the practice lab: a small signed Internet on this computer in which each domain shows one case.

examples:
  danescope lab list
  danescope check --lab no-starttls.example
`;

const REPORT = `usage: danescope report [--format text|json] RUNFILE

Turns a run file (danescope check --save FILE) into a report. Nothing is contacted.

examples:
  danescope check --save example.org.run example.org
  danescope report example.org.run
  danescope report --format json example.org.run
`;

const APP = `usage: danescope app [FLAGS]      (also: danescope serve)

Opens the inspector in the local browser: a server on 127.0.0.1 with a one-time address. It ends with its last page.

  --lab            inspect the practice lab instead of the Internet
  --print-url      print the address, open nothing
  --stay           go on when the last page is closed
  --helo NAME      the name in EHLO; servers see and log it

examples:
  danescope app
  danescope app --lab
`;

export type HelpTopic = 'general' | 'check' | 'lab' | 'report' | 'app';

const TOPICS: { readonly [Topic in HelpTopic]: string } = { general: GENERAL, check: CHECK, lab: LAB, report: REPORT, app: APP };

export const helpText = (topic: HelpTopic): string => TOPICS[topic];
