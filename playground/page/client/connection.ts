import type { Control, Deed, Outcome, SectionName, Sections } from '../wire';

const NAMES: readonly SectionName[] = [
  'workspace',
  'messages',
  'views',
  'machine',
  'cloud',
  'slackSide',
];

/** Receives one person's sections. Calls `heard` with all of them once they are complete. */
export function listen(userId: string, heard: (sections: Sections) => void): () => void {
  const source = new EventSource(`/live?as=${userId}`);
  const known = new Map<string, unknown>();
  for (const name of NAMES) {
    source.addEventListener(name, (event) => {
      known.set(name, JSON.parse(event.data));
      if (known.size === NAMES.length) heard(Object.fromEntries(known) as unknown as Sections);
    });
  }
  return () => source.close();
}

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
    return { kind: 'failed', error: 'playground_gone', detail: 'The playground has ended.' };
  }
}
