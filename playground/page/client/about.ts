import type { Slot } from '../../slack/blocks/slots';
import type { JsonObject } from '../../slack/json';
import type { Entry } from '../wire';

/** How a control is labeled and described. */
export interface About {
  readonly id: string;
  readonly label: string;
  readonly describedBy: string | undefined;
  readonly isWrong: boolean;
  readonly isRequired: boolean;
}

export interface ChosenProps {
  readonly slot: Slot;
  readonly about: About;
  readonly value: JsonObject;
  readonly enter: (entry: Entry) => void;
}
