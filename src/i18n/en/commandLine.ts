/** The help and the output of commands. */
export const commandLine = {
  about:
    'Ferry: request and approve Tencent Cloud database migrations in Slack. Without a command, it starts the bot.',
  settings:
    'Settings are environment variables. Variables that are not set are read from .env in the working directory.',
  envFile: {
    unreadable: (detail: string): string =>
      `Ferry cannot read .env in the working directory (${detail}). Settings in it have no effect.`,
    notText: 'it is neither UTF-8 nor UTF-16 text',
  },
  usage: 'Ferry does not know these arguments. Run ferry --help.',
  help: 'show this help',
  version: 'show the version',
  headings: { usage: 'Usage:', options: 'Options:', commands: 'Commands:' },
  doctor: {
    about: 'check everything that Ferry needs, without starting the bot',
    usage: 'Usage: ferry doctor [--json] [--views].',
    json: 'print one JSON document',
    views: 'also let Slack check an example of each form, card and view',
  },
  backup: {
    about: 'copy the SQLite database to a new file, even while the bot runs',
    usage: 'Usage: ferry backup FILE.',
    file: 'the file that Ferry creates',
    done: (file: string): string => `Ferry copied the database to ${file}.`,
    exists: (file: string): string => `${file} already exists. Choose a new file name.`,
    absent: (database: string): string => `The database ${database} does not exist.`,
    postgres: 'The database is PostgreSQL. Use pg_dump (docs/operating.md).',
    failed: (database: string, detail: string): string =>
      `Ferry could not copy the database ${database} (${detail}). Check DATABASE_URL, and that the folder of the new file exists, is writable and has space.`,
  },
  afterRestore: {
    about: 'prepare a database that was restored from a backup, before Ferry starts on it',
    usage: 'Usage: ferry after-restore.',
    inUse:
      'A running Ferry works on requests in this database, so nothing was changed. Check DATABASE_URL, and stop every process. If you stopped one just now, retry after 30 seconds.',
    done: 'The database is ready. Ferry will skip 1,000 request numbers and redraw the cards of open and failed requests.',
    compare:
      'These requests have no job in the backup, but one may have been created since. Compare them with the DTS console (docs/operating.md):',
    request: (id: number, jobName: string, status: string): string =>
      `#${id} ${jobName}: ${status}`,
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
