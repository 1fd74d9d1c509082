import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type LocaleName, locales, type Messages, spokenLocale } from '../i18n/locales';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import { within } from './within';

export interface LanguagesContext {
  client: WebClient;
  /** What ages what is known. */
  clock: Clock;
  /** What bounds a person's wait: real time, where a test moves the other. */
  patience: Clock;
  log: Log;
  /** For whoever reads a language that Ferry does not speak, or whose language Slack does not tell. */
  fallback: LocaleName;
}

interface Entry {
  locale: LocaleName | undefined;
  reading: Promise<void> | undefined;
  /** Milliseconds since 1970 from which on it is asked anew. */
  staleAt: number;
}

/** A form is to open within three seconds of a click, and most of those are Slack's. */
const boundMs = 500;
const freshMs = 3_600_000;
/** After a failure; until then nobody waits for an answer again. */
const retryMs = 60_000;
/** The people of a large workspace; those known longest are forgotten first. */
const mostKnown = 10_000;

const answer = z.object({ user: z.object({ locale: z.string().optional() }) });

/**
 * The words in which Ferry talks to one person: those of their Slack. A person not seen before waits
 * for it for half a second at most; from then on it is known, and looked up again behind their back
 * when it is an hour old.
 */
export function createLanguages(context: LanguagesContext) {
  const { clock, fallback, log, patience } = context;
  const known = new Map<string, Entry>();
  const now = (): number => clock.now().getTime();

  const read = async (userId: string, entry: Entry): Promise<void> => {
    try {
      const asked = { user: userId, include_locale: true };
      const { user } = answer.parse(await context.client.users.info(asked));
      entry.locale = spokenLocale(user.locale);
      entry.staleAt = now() + freshMs;
    } catch (error) {
      log.warn("a person's language could not be looked up", { user: userId, error });
      entry.staleAt = now() + retryMs;
    } finally {
      entry.reading = undefined;
    }
  };

  return {
    /** Never rejects. */
    async messagesFor(userId: string): Promise<Messages> {
      const entry = known.get(userId) ?? { locale: undefined, reading: undefined, staleAt: 0 };
      known.set(userId, entry);
      if (known.size > mostKnown) known.delete(known.keys().next().value ?? userId);
      if (now() >= entry.staleAt) entry.reading ??= read(userId, entry);
      const isNew = entry.staleAt === 0;
      if (isNew && entry.reading !== undefined) await within(patience, entry.reading, boundMs);
      return locales[entry.locale ?? fallback];
    },
  };
}
