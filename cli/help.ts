/** What `--help` says. */

const GENERAL = `danescope inspects DANE for mail: DNSSEC from the root, SMTP to every address, every TLSA record
against the chain as presented. No mail is sent.

usage: danescope COMMAND [ARGUMENTS]

  check TARGET…      inspect mail domains or hosts
  report RUNFILE     turn a saved run into a report
  lab list           list the scenes of the practice lab
  trust-anchor       show, replace or refresh the trusted keys of the root
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
  --deadline SECONDS      for a whole run (default 600); what is known by then is told
  --probe quick|full|intrusive
                          one handshake an address; each key type with TLS 1.3 and 1.2 (default full); or full and what
                          no sender does: a command in clear behind STARTTLS, which a careless server obeys inside TLS

how names are resolved; by default from the root, and where port 53 is blocked through the system’s resolver
  --resolver ADDR[:PORT]  forward to this resolver; it is asked for signatures and not trusted (repeatable)
  --fallback              where that resolver strips signatures, lies or gives nothing, ask the name servers directly
  --all-servers           ask every name server at every address for the records of the run, and tell which differ
  --minimise              tell name servers no more of a name than they need (RFC 9156)
  --allow-sha1            count RSASHA1 signatures (RFC 9905 retires them: without this such a zone is unsigned)
  --root-hints FILE       other root servers, in zone-file form
  --trust-anchor FILE     other trust anchors: DS or DNSKEY in zone-file form (repeatable); without it those
                          of danescope trust-anchor

what is told
  --format text|json|ndjson|html|markdown|pdf
                          text: progress, dialogue, verdict and findings
                          json: the report; one target gives an object, several give an array
                          ndjson: every event as it comes, one a line
                          html, markdown, pdf: see danescope report --help
  --output FILE           html, markdown, pdf: write the report there
  --redact, --paper       html, markdown, pdf: see danescope report --help
  --save FILE             keep all events as a run file (a run that is stopped is kept too)
  --force                 let --save overwrite a file that is no run file
  -q, --quiet             text: only verdict and findings
  --no-color              no colour; also when NO_COLOR is set or the output is no terminal

exit codes (several targets: 2 goes before 3, 3 before 1, 1 before 0)
  0   every endpoint authenticated
  1   only warnings, or no DANE
  2   refused, or a lookup failed: senders that enforce DANE do not deliver
  3   not determined from here, or nothing tested
  64  the command line is wrong
  69  no PDF could be printed
  70  a bug of danescope
  74  the output or the file of --save could not be written, such as to a full disk

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
  danescope check --lab starttls-not-offered.example
`;

const REPORT = `usage: danescope report [FLAGS] RUNFILE

Turns a run file (danescope check --save FILE), or one on standard input (-), into a report. Nothing is contacted.

  --format text|json|html|markdown|pdf|run
                   text: for a terminal or a mail, at most 78 columns
                   json: for programs; docs/report-schema.json describes it
                   html: one file with the trust graph, for a browser, for paper, to pass on
                   markdown: short, for a ticket
                   pdf: the same on pages, printed by a Chromium, Chrome or Edge of this computer (or DANESCOPE_BROWSER)
                   run: the run file again, such as with --redact
  --output FILE    write the report there instead of to standard output; not over a run file
  --redact all|KIND[,KIND]
                   leave out what tells of you: addresses (of this computer and its network), names (EHLO name,
                   host name), users (in mail addresses), typed (lines typed by hand and their replies), paths
  --paper a4|letter
                   of the PDF (default a4)
  --no-color       no colour; also when NO_COLOR is set or the output is no terminal

exit codes: as for check; 69 where no PDF could be printed

examples:
  danescope check --save example.org.run example.org
  danescope report example.org.run
  danescope report --format html --redact all --output example.org.html example.org.run
  danescope report --format pdf --output example.org.pdf example.org.run
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

const TRUST_ANCHOR = `usage: danescope trust-anchor [show] [--check] [FLAGS]
       danescope trust-anchor replace FILE…
       danescope trust-anchor refresh [--xml FILE --signature FILE]
       danescope trust-anchor refresh --observe [FLAGS]
       danescope trust-anchor reset

The keys of the root in which trust begins: those that ship with the program, or your own store.

  show               the anchors in use with their dates, source and age (what a bare trust-anchor does)
  replace FILE…      trust the DS or DNSKEY records of the files, and nothing else
  refresh            take IANA’s anchors: over HTTPS from data.iana.org, or from files; the signature is
                     checked against the ICANN Root CA either way (RFC 9718)
  refresh --observe  look at the keys of the root once and follow them (RFC 5011): a new key is trusted after
                     30 days, a revoked one never again; to be called at least every few days
  reset              back to the built-in anchors

  --check            show: ask the root which of them signs it today
  --lab              show: the practice lab’s root instead of the Internet’s
  --trust-anchor FILE
                     show: these instead of those in use (repeatable)
  --resolver ADDR[:PORT], --root-hints FILE
                     show --check, refresh --observe: as for danescope check
  --format text|json

The store is trust-anchors.json in the folder DANESCOPE_HOME names, else where your system keeps the data of
programs; the one before is kept as .bak.

exit codes: 0 done, 1 with a warning, 2 what came is not to be believed, 3 nothing came, 64, 70 as for check

examples:
  danescope trust-anchor --check
  danescope trust-anchor replace root.key
  danescope trust-anchor refresh --xml root-anchors.xml --signature root-anchors.p7s
`;

export type HelpTopic = 'general' | 'check' | 'lab' | 'report' | 'app' | 'trust-anchor';

const TOPICS: { readonly [Topic in HelpTopic]: string } = { general: GENERAL, check: CHECK, lab: LAB, report: REPORT, app: APP, 'trust-anchor': TRUST_ANCHOR };

export const helpText = (topic: HelpTopic): string => TOPICS[topic];
