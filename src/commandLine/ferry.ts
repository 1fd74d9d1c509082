import { Command, CommanderError } from 'commander';
import { locales, preferredLocale } from '../i18n/locales';
import { version } from '../version';
import { afterRestore } from './afterRestore';
import { audit } from './audit';
import { backup } from './backup';
import { type CommandLine, exitCodes, refuseWith } from './commandLine';
import { doctor } from './doctor';
import { explainPolicy } from './explainPolicy';
import { readAuditCommand } from './readAuditCommand';

/**
 * The program `ferry`. Without a command, it starts the bot and resolves to `undefined` while the bot
 * runs. Commands resolve to an exit code.
 */
export async function ferry(
  line: CommandLine,
  runBot: (line: CommandLine) => Promise<void>,
): Promise<number | undefined> {
  const messages = locales[preferredLocale(line.env)];
  const words = messages.commandLine;
  const { arguments: auditUsage } = messages.audit;
  let code: number | undefined;
  let misused = words.usage;

  const misuse = refuseWith(line.stderr);
  /** Describes a command. `usage` is what it prints for invalid arguments. */
  const describe = (command: Command, about: string, usage: string): Command =>
    command
      .description(about)
      .helpOption('-h, --help', words.help)
      .exitOverride((error) => {
        misused = usage;
        throw error;
      });
  const group = (parent: Command, name: string, about: string, usage: string): Command =>
    describe(parent.command(name), about, usage).action(() => {
      code = misuse(usage);
    });

  const program = new Command('ferry').helpCommand(false);
  program.configureOutput({
    writeOut: (text) => void line.stdout.write(text),
    writeErr: (text) => void line.stderr.write(text),
    // The library's messages are in English only.
    outputError: () => {},
  });
  program.configureHelp({
    styleTitle: (title) =>
      ({
        'Usage:': words.headings.usage,
        'Options:': words.headings.options,
        'Commands:': words.headings.commands,
      })[title] ?? title,
  });
  describe(program, words.about, words.usage)
    .version(version, '-V, --version', words.version)
    .addHelpText('after', `\n${words.settings}`)
    .action(() => runBot(line));

  describe(program.command('doctor'), words.doctor.about, words.doctor.usage)
    .option('--json', words.doctor.json)
    .option('--views', words.doctor.views)
    .action(async (_, command: Command) => {
      const has = (option: string): boolean => command.getOptionValue(option) === true;
      code = await doctor(line, { json: has('json'), views: has('views') });
    });

  describe(program.command('backup'), words.backup.about, words.backup.usage)
    .argument('<FILE>', words.backup.file)
    .action((file: string) => {
      code = backup(line, file);
    });
  describe(
    program.command('after-restore'),
    words.afterRestore.about,
    words.afterRestore.usage,
  ).action(async () => {
    code = await afterRestore(line);
  });

  const auditing = group(program, 'audit', words.audit.about, auditUsage.command);
  const auditAction = async (_: unknown, command: Command): Promise<void> => {
    const read = readAuditCommand(command.name(), command.opts());
    code = read.ok ? await audit(line, read.command) : misuse(auditUsage[read.problem]);
  };
  describe(auditing.command('verify'), words.audit.verify, auditUsage.verify)
    .option('--head <HASH>', words.audit.head)
    .option('--length <N>', words.audit.length)
    .action(auditAction);
  describe(auditing.command('export'), words.audit.export, auditUsage.export)
    .option('--since <TIME>', words.audit.since)
    .option('--until <TIME>', words.audit.until)
    .option('--request <N>', words.audit.request)
    .option('--format <FORMAT>', words.audit.format)
    .action(auditAction);

  const policy = group(program, 'policy', words.policy.about, words.policy.usage);
  describe(policy.command('explain'), words.policy.explain, words.policy.usage)
    .option('--request <N>', words.policy.request)
    .option('--form <FILE>', words.policy.form)
    .option('--requester <ID>', words.policy.requester)
    .option('--channel <ID>', words.policy.channel)
    .action(async (_, command: Command) => {
      code = (await explainPolicy(line, command.opts())) ?? misuse(words.policy.usage);
    });

  try {
    await program.parseAsync([...line.args], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.fine : misuse(misused);
  }
}
