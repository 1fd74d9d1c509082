import { useEffect, useState } from 'preact/hooks';
import { usePage } from './page';
import { momentIn } from './time';
import { useWords } from './words';

const STEPS = [
  ['hour', 3_600_000],
  ['hours', 4 * 3_600_000],
  ['day', 86_400_000],
  ['week', 7 * 86_400_000],
] as const;

/** The playground's time, which can be moved forward. */
export function Clock() {
  const { me, sections, control } = usePage();
  const words = useWords();
  const { offsetMs } = sections.machine;
  const [machineMs, setMachineMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setMachineMs(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <details class="menu">
      <summary>
        <span class="visually-hidden">{words.time}</span>
        {momentIn(me, (machineMs + offsetMs) / 1_000)}
      </summary>
      <fieldset class="steps">
        <legend class="visually-hidden">{words.moveTime}</legend>
        <p>{words.moveTimeNote(sections.workspace.app.name)}</p>
        {STEPS.map(([name, ms]) => (
          <button
            key={name}
            type="button"
            onClick={() => void control({ control: 'moveTime', ms })}
          >
            {words.steps[name]}
          </button>
        ))}
      </fieldset>
    </details>
  );
}
