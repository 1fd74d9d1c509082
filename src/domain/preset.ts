import type { FormValues } from './fields';

/** A form that is filled in beforehand, by the name that people choose it by. */
export interface Preset {
  name: string;
  values: FormValues;
}
