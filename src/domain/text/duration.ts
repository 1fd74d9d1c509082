const unitsMs = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000 } as const;

export type Unit = keyof typeof unitsMs;

/** The policy file's notation: `30m`, `12h`, `7d`. Seconds are for trying out a policy. */
export const durationPattern = /^[1-9]\d{0,3}[smhd]$/;

const unitNames = ['day', 'hour', 'minute', 'second'] as const satisfies Unit[];

const unitOf = (sign: string | undefined): Unit =>
  unitNames.find((name) => name.charAt(0) === sign) ?? 'minute';

/** Converts a text that matches `durationPattern` to milliseconds. */
export const readDuration = (text: string): number =>
  Number.parseInt(text, 10) * unitsMs[unitOf(text.at(-1))];

/**
 * Splits a duration into a whole number of its largest exact unit, with seconds as the smallest.
 */
export function inUnits(ms: number): { count: number; unit: Unit } {
  const unit = unitNames.find((name) => ms % unitsMs[name] === 0) ?? 'second';
  return { count: ms / unitsMs[unit], unit };
}

/** Writes the notation that `readDuration` reads. */
export function writeDuration(ms: number): string {
  const { count, unit } = inUnits(ms);
  return `${count}${unit.charAt(0)}`;
}
