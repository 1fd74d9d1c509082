import type { Control, Deed, Outcome, SectionName, Sections } from '../wire';

const NAMES: readonly SectionName[] = [
  'workspace',
  'messages',
  'views',
  'machine',
  'cloud',
  'slackSide',
];

/** `gone`: the playground does not answer. `unknown`: it has no such person. */
export type Connection = 'live' | 'gone' | 'unknown';

/**
 * Receives one person's sections. Calls `heard` with all of them once they are complete, and `changed` when the
 * connection breaks or is back.
 */
export function listen(
  userId: string,
  heard: (sections: Sections) => void,
  changed: (connection: Connection) => void,
): () => void {
  const source = new EventSource(`/live?as=${encodeURIComponent(userId)}`);
  source.addEventListener('open', () => changed('live'));
  source.addEventListener('error', () =>
    // After a response without events, the browser doesn't try again.
    changed(source.readyState === EventSource.CLOSED ? 'unknown' : 'gone'),
  );
  const known = new Map<string, unknown>();
  for (const name of NAMES) {
    source.addEventListener(name, (event) => {
      known.set(name, JSON.parse(event.data));
      if (known.size === NAMES.length) heard(Object.fromEntries(known) as unknown as Sections);
    });
  }
  return () => source.close();
}

/** The error if the playground does not answer. */
export const GONE = 'playground_gone';

export function sendDeed(userId: string, deed: Deed): Promise<Outcome> {
  return post(`/deeds?as=${userId}`, deed);
}

export function sendControl(control: Control): Promise<Outcome> {
  return post('/controls', control);
}

async function post(path: string, body: unknown): Promise<Outcome> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return (await response.json()) as Outcome;
    return { kind: 'failed', error: `http_${response.status}` };
  } catch {
    return { kind: 'failed', error: GONE };
  }
}
