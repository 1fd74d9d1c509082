import { numberAt, textAt } from '../../slack/json';
import type { ChosenProps } from './about';
import { usePage } from './page';
import { secondsAt, wallTime } from './time';

const KINDS = {
  datepicker: { type: 'date', field: 'selected_date' },
  timepicker: { type: 'time', field: 'selected_time' },
} as const;

/** A date, a time, or both, in the person's time zone. */
export function DateField({ slot, about, value, enter }: ChosenProps) {
  const { me } = usePage();
  const shared = {
    id: about.id,
    'aria-label': about.label,
    'aria-describedby': about.describedBy,
    'aria-invalid': about.isWrong,
    'aria-required': about.isRequired,
  } as const;
  if (slot.type === 'datetimepicker') {
    const seconds = numberAt(value, 'selected_date_time');
    return (
      <span class="date">
        <input
          {...shared}
          type="datetime-local"
          value={seconds === undefined ? '' : wallTime(me, seconds)}
          onChange={(event) => {
            const wall = event.currentTarget.value;
            enter(wall === '' ? null : secondsAt(me, wall));
          }}
        />
        <small>{me.tz}</small>
      </span>
    );
  }
  const { type, field } = slot.type === 'timepicker' ? KINDS.timepicker : KINDS.datepicker;
  return (
    <input
      {...shared}
      type={type}
      value={textAt(value, field) ?? ''}
      onChange={(event) => enter(event.currentTarget.value || null)}
    />
  );
}
