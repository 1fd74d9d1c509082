import { useEffect, useState } from 'preact/hooks';
import { usePage } from './page';
import { momentIn } from './time';

const STEPS = [
  ['1 h', 3_600_000],
  ['4 h', 4 * 3_600_000],
  ['1 day', 86_400_000],
  ['7 days', 7 * 86_400_000],
] as const;

/** The time in the playground, which can be moved on. */
export function Clock() {
  const { me, sections, control } = usePage();
  const { offsetMs } = sections.machine;
  const [machineMs, setMachineMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setMachineMs(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <details class="menu">
      <summary>
        <span class="visually-hidden">Time: </span>
        {momentIn(me, (machineMs + offsetMs) / 1_000)}
      </summary>
      <fieldset class="steps">
        <legend class="visually-hidden">Move time on</legend>
        <p>Move time on. {sections.workspace.app.name} looks within five seconds.</p>
        {STEPS.map(([name, ms]) => (
          <button
            key={name}
            type="button"
            onClick={() => void control({ control: 'moveTime', ms })}
          >
            +{name}
          </button>
        ))}
      </fieldset>
    </details>
  );
}
