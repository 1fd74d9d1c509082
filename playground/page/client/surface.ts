import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { StateValues } from '../../slack/workspace/view';
import type { Entry, Outcome, ShownOption } from '../wire';

/** Where blocks stand, and what can be done there. */
export interface Surface {
  /** Unlike that of any other surface: the ids of its inputs begin with it. */
  readonly name: string;
  readonly values: StateValues;
  /** By block_id. */
  readonly errors: Readonly<Record<string, string>>;
  /** What was chosen here and is not in `values`, by slot key. */
  readonly chosen: Readonly<Record<string, Entry>>;
  click(blockId: string, actionId: string, choice?: Entry): Promise<Outcome>;
  /** Of views alone. */
  readonly form?: Form;
}

export interface Form {
  /** Text that was typed and is not sent yet, by `block_id/action_id`. */
  readonly drafts: Readonly<Record<string, string>>;
  type(key: string, text: string): void;
  /** Enters a value; what was typed so far goes before it, as the app is told of both. */
  enter(key: string, entry: Entry): Promise<Outcome>;
  suggest(key: string, query: string): Promise<readonly ShownOption[]>;
  upload(file: File): Promise<string | undefined>;
}

export const SurfaceContext = createContext<Surface | undefined>(undefined);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === undefined) throw new Error('a block stands on no surface');
  return surface;
}
