import { completeBlocks } from '../blocks/completeBlocks';
import { slotKey, slotsOf, stateValues } from '../blocks/slots';
import { type JsonObject, objectsAt, textAt } from '../json';
import type { Changes } from './changes';
import type { IdMaker } from './idMaker';
import type { View } from './view';

const DEEPEST = 3;

export type ViewOutcome =
  | { readonly kind: 'done'; readonly view: View }
  | {
      readonly kind: 'refused';
      readonly error:
        | 'push_limit_reached'
        | 'not_found'
        | 'hash_conflict'
        | 'duplicate_external_id';
    };

/** Each person's open modals, and their Home tabs. */
export class Views {
  readonly #stacks = new Map<string, readonly View[]>();
  readonly #homes = new Map<string, View>();
  #hashes = 0;

  constructor(
    private readonly ids: IdMaker,
    private readonly now: () => number,
    private readonly changes: Changes,
  ) {}

  /** A person's open modals. The last one is on top. */
  stack(userId: string): readonly View[] {
    return this.#stacks.get(userId) ?? [];
  }

  home(userId: string): View | undefined {
    return this.#homes.get(userId);
  }

  find(id: string): View | undefined {
    return this.#all().find((view) => view.id === id);
  }

  findExternal(externalId: string): View | undefined {
    return this.#all().find((view) => view.externalId === externalId && externalId !== '');
  }

  /** Opens a modal, which replaces the person's open modal. */
  open(userId: string, content: JsonObject): ViewOutcome {
    if (this.#isTaken(content, undefined)) return refused('duplicate_external_id');
    const view = this.#make(userId, 'modal', content, undefined);
    this.#setStack(userId, [view]);
    return { kind: 'done', view };
  }

  push(userId: string, content: JsonObject): ViewOutcome {
    const stack = this.stack(userId);
    const top = stack.at(-1);
    if (top === undefined) return refused('not_found');
    if (stack.length >= DEEPEST) return refused('push_limit_reached');
    if (this.#isTaken(content, undefined)) return refused('duplicate_external_id');
    const view = this.#make(userId, 'modal', content, top);
    this.#setStack(userId, [...stack, view]);
    return { kind: 'done', view };
  }

  publish(userId: string, content: JsonObject, hash: string | undefined): ViewOutcome {
    const known = this.home(userId);
    if (known !== undefined) return this.update(known, content, hash);
    if (this.#isTaken(content, undefined)) return refused('duplicate_external_id');
    const view = this.#make(userId, 'home', content, undefined);
    this.#homes.set(userId, view);
    this.changes.announce();
    return { kind: 'done', view };
  }

  /** Replaces a view's content. Entries stay if block_id, action_id and type stay. */
  update(stale: View, content: JsonObject, hash: string | undefined): ViewOutcome {
    const view = this.find(stale.id);
    if (view === undefined) return refused('not_found');
    if (hash !== undefined && hash !== view.hash) return refused('hash_conflict');
    if (this.#isTaken(content, view.id)) return refused('duplicate_external_id');
    const made = this.#make(view.userId, view.kind, content, undefined);
    const filled = remaining(view.filled, made.blocks);
    const updated: View = {
      ...made,
      id: view.id,
      rootViewId: view.rootViewId,
      previousViewId: view.previousViewId,
      filled,
      values: stateValues(made.blocks, filled),
    };
    this.#replace(updated);
    return { kind: 'done', view: updated };
  }

  /** Records the person's entries. Only the app's changes make a new hash. */
  fill(view: View, entries: Readonly<Record<string, JsonObject>>): View {
    const filled = { ...view.filled, ...entries };
    const updated = { ...view, filled, values: stateValues(view.blocks, filled) };
    this.#replace(updated);
    return updated;
  }

  /** Closes a modal and those above it. */
  close(id: string): void {
    for (const [userId, stack] of this.#stacks) {
      const index = stack.findIndex((view) => view.id === id);
      if (index >= 0) this.#setStack(userId, stack.slice(0, index));
    }
  }

  clear(userId: string): void {
    this.#setStack(userId, []);
  }

  #all(): readonly View[] {
    return [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
  }

  #isTaken(content: JsonObject, exceptId: string | undefined): boolean {
    const found = this.findExternal(textAt(content, 'external_id') ?? '');
    return found !== undefined && found.id !== exceptId;
  }

  #make(userId: string, kind: View['kind'], content: JsonObject, below: View | undefined): View {
    const blocks = completeBlocks(objectsAt(content, 'blocks'), () => this.ids.short());
    const id = this.ids.entity('V');
    this.#hashes += 1;
    return {
      id,
      kind,
      userId,
      hash: `${Math.floor(this.now() / 1000)}.${this.ids.short()}${this.#hashes}`,
      content: { ...content, blocks },
      blocks,
      rootViewId: below?.rootViewId ?? id,
      previousViewId: below?.id ?? null,
      externalId: textAt(content, 'external_id') ?? '',
      filled: {},
      values: stateValues(blocks, {}),
    };
  }

  #replace(view: View): void {
    if (view.kind === 'home') {
      this.#homes.set(view.userId, view);
      this.changes.announce();
      return;
    }
    const stack = this.stack(view.userId).map((each) => (each.id === view.id ? view : each));
    this.#setStack(view.userId, stack);
  }

  #setStack(userId: string, stack: readonly View[]): void {
    this.#stacks.set(userId, stack);
    this.changes.announce();
  }
}

/** The entries of inputs that still exist. Inputs that were once removed lose their entries. */
function remaining(filled: View['filled'], blocks: View['blocks']): View['filled'] {
  const keys = new Set(slotsOf(blocks).map(({ blockId, actionId }) => slotKey(blockId, actionId)));
  return Object.fromEntries(Object.entries(filled).filter(([key]) => keys.has(key)));
}

function refused(error: Extract<ViewOutcome, { kind: 'refused' }>['error']): ViewOutcome {
  return { kind: 'refused', error };
}
