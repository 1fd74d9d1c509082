import { usePage } from './page';
import { useWords } from './words';

interface Line {
  readonly level: string;
  readonly text: string;
  readonly more: string;
}

const POLICIES = ['usual', 'onCall'] as const;

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
  const words = useWords().bot;
  const { bot, connections, log, policy } = sections.machine;
  return (
    <>
      <div class="mishaps">
        <p>{words.process(connections)}</p>
        <div class="stack">
          <button
            type="button"
            disabled={bot === 'stopped'}
            onClick={() => void control({ control: 'kill' })}
          >
            {words.kill}
          </button>
          <button
            type="button"
            disabled={bot !== 'stopped'}
            onClick={() => void control({ control: 'start' })}
          >
            {words.start}
          </button>
        </div>
      </div>
      <h3>{words.policy}</h3>
      <div class="mishaps">
        <p>{words.policyNote}</p>
        <div class="stack">
          {POLICIES.map((name) => (
            <button
              type="button"
              key={name}
              aria-pressed={policy === name}
              onClick={() => void control({ control: 'setPolicy', policy: name })}
            >
              {words[name]}
            </button>
          ))}
        </div>
      </div>
      <h3>{words.log}</h3>
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
