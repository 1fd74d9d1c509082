import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { StateValues } from '../../slack/workspace/view';
import type { Entry, Outcome, ShownOption } from '../wire';

/** A place for blocks, and the actions there. */
export interface Surface {
  /** Unique among surfaces. The IDs of its inputs begin with it. */
  readonly name: string;
  readonly values: StateValues;
  /** By block_id. */
  readonly errors: Readonly<Record<string, string>>;
  /** Selections that aren't in `values`, by slot key. */
  readonly chosen: Readonly<Record<string, Entry>>;
  click(blockId: string, actionId: string, choice?: Entry): Promise<Outcome>;
  /** Only views have one. */
  readonly form?: Form;
}

export interface Form {
  /** Typed text that wasn't sent yet, by `block_id/action_id`. */
  readonly drafts: Readonly<Record<string, string>>;
  type(key: string, text: string): void;
  /** Enters a value. Earlier typed text is sent first, because the app receives both. */
  enter(key: string, entry: Entry): Promise<Outcome>;
  suggest(key: string, query: string): Promise<readonly ShownOption[]>;
  upload(file: File): Promise<string | undefined>;
}

export const SurfaceContext = createContext<Surface | undefined>(undefined);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === undefined) throw new Error('a block has no surface');
  return surface;
}
