import type { Catalogue } from '../ports/catalogue';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import { createLookUp } from './lookUp';
import { createSemaphore } from './semaphore';
import type { SuggestContext } from './suggest';

/** The options of the form, from the catalogue or the cache. */
export interface LookUps extends Pick<SuggestContext, 'resources' | 'secrets' | 'versions'> {
  /** Abandons all calls, makes no more, and resolves when none is running. */
  stop(): Promise<void>;
}

/** The most calls of all lookups at a time. */
const mostCalls = 4;

export function createLookUps(
  catalogue: Pick<Catalogue, 'resources' | 'secrets' | 'versions'>,
  surroundings: { clock: Clock; log: Log },
): LookUps {
  const common = { ...surroundings, room: createSemaphore(mostCalls) };
  const resources = createLookUp({ ...common, name: 'resources', ask: catalogue.resources });
  const secrets = createLookUp({ ...common, name: 'secrets', ask: catalogue.secrets });
  const versions = createLookUp({
    ...common,
    name: 'versions of a secret',
    ask: catalogue.versions,
  });
  return {
    resources,
    secrets,
    versions,
    async stop() {
      await Promise.all([resources, secrets, versions].map((lookUp) => lookUp.stop()));
    },
  };
}
