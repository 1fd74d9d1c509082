/** The help of the command line. */
export const commandLine = {
  about:
    'Ferry: request and approve Tencent Cloud database migrations in Slack. Without a command, it starts the bot.',
  settings:
    'Settings are environment variables. Variables that are not set are read from .env in the working directory.',
  usage: 'Ferry does not know these arguments. Run ferry --help.',
  help: 'show this help',
  version: 'show the version',
  headings: { usage: 'Usage:', options: 'Options:', commands: 'Commands:' },
  doctor: {
    about: 'check everything that Ferry needs, without starting the bot',
    usage: 'Usage: ferry doctor [--json].',
    json: 'print one JSON document',
  },
  audit: {
    about: 'verify or export the audit log',
    verify: 'check that nobody changed the audit log',
    head: 'the hash that an earlier run printed',
    length: 'the number of events that an earlier run printed',
    export: 'print the audit log',
    since: 'only events from this date or time on',
    until: 'only events before this date or time',
    request: 'only events of this request',
    format: 'jsonl (the default) or csv',
  },
  policy: {
    about: 'explain the policy',
    explain: 'print which rule applies to a request, and why earlier rules do not',
    usage:
      'Usage: ferry policy explain --request 42, or ferry policy explain --form FILE.json --requester U… [--channel C…].',
    request: 'the number of a stored request',
    form: 'a JSON file with the fields of a request, as in a preset',
    requester: 'the user ID of the requester, with --form',
    channel: 'the channel in which the requester would run /migrate, with --form',
  },
};
