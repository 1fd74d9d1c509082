import { usePage } from './page';

interface Line {
  readonly level: string;
  readonly text: string;
  readonly more: string;
}

const POLICIES = [
  ['usual', 'The second approver is an SRE'],
  ['onCall', 'The second approver is on call'],
] as const;

const LEVELS: Readonly<Record<number, string>> = {
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const KNOWN = new Set(['level', 'time', 'pid', 'hostname', 'msg']);

export function BotPanel() {
  const { sections, control } = usePage();
  const { bot, connections, log, policy } = sections.machine;
  return (
    <>
      <div class="mishaps">
        <p>
          A process of its own, started from the same build as in production. {connections}{' '}
          connection
          {connections === 1 ? '' : 's'} to Slack.
        </p>
        <div class="stack">
          <button
            type="button"
            disabled={bot === 'stopped'}
            onClick={() => void control({ control: 'kill' })}
          >
            Kill it now
          </button>
          <button
            type="button"
            disabled={bot !== 'stopped'}
            onClick={() => void control({ control: 'start' })}
          >
            Start it again
          </button>
        </div>
      </div>
      <h3>Policy</h3>
      <div class="mishaps">
        <p>
          Production needs a DBA and a second approver. Change who that is while a request waits:
          approvals that the new policy would not accept no longer count.
        </p>
        <div class="stack">
          {POLICIES.map(([name, label]) => (
            <button
              type="button"
              key={name}
              aria-pressed={policy === name}
              onClick={() => void control({ control: 'setPolicy', policy: name })}
            >
              {label}
            </button>
          ))}
        </div>
      </div>
      <h3>What it logs</h3>
      <div class="log">
        {log.map(readLine).map(({ level, text, more }, index) => (
          <p key={index} data-level={level}>
            <span class="pill">{level}</span> {text} <small>{more}</small>
          </p>
        ))}
      </div>
    </>
  );
}

function readLine(line: string): Line {
  try {
    const said: unknown = JSON.parse(line);
    if (typeof said !== 'object' || said === null) return { level: '', text: line, more: '' };
    const entries = Object.entries(said);
    const level = Reflect.get(said, 'level');
    const rest = Object.fromEntries(entries.filter(([key]) => !KNOWN.has(key)));
    return {
      level: typeof level === 'number' ? (LEVELS[level] ?? String(level)) : String(level),
      text: String(Reflect.get(said, 'msg') ?? ''),
      more: Object.keys(rest).length === 0 ? '' : JSON.stringify(rest),
    };
  } catch {
    return { level: '', text: line, more: '' };
  }
}
