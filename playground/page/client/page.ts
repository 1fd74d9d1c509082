import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Control, Deed, Outcome, Person, Sections } from '../wire';

export interface TourProgress {
  /** The step, counted from 0. After the last one, there is no tour. */
  readonly at: number;
  go(next: number): void;
}

/** The parts that the whole page shares. */
export interface Page {
  readonly me: Person;
  readonly sections: Sections;
  /** True while the playground does not answer, so the sections are old. */
  readonly isGone: boolean;
  /** Does something as the person. A failure is also shown as a notice. */
  perform(deed: Deed): Promise<Outcome>;
  control(control: Control): Promise<void>;
  openThread(ref: { readonly channel: string; readonly ts: string } | undefined): void;
  goTo(place: Place): void;
  become(userId: string): void;
  readonly tour: TourProgress;
}

export type Place = { readonly kind: 'channel'; readonly id: string } | { readonly kind: 'home' };

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('a part of the page is outside it');
  return page;
}

export function personName(sections: Sections, userId: string): string {
  return sections.workspace.people.find(({ id }) => id === userId)?.name ?? userId;
}

/** The title of a channel in the list and the header. */
export function channelTitle(name: string, kind: 'public' | 'private'): string {
  return `${kind === 'private' ? '◇' : '#'} ${name}`;
}
