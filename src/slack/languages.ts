import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { within } from '../domain/time/within';
import { type LocaleName, locales, type Messages, spokenLocale } from '../i18n/locales';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import { dropOldest } from './lastAnswers';

export interface LanguagesContext {
  client: WebClient;
  /** Decides when cached values expire. */
  clock: Clock;
  /** Limits a person's wait in real time. Tests only move the other clock. */
  patience: Clock;
  log: Log;
  /** The language for people whose language Ferry doesn't have, or doesn't know. */
  fallback: LocaleName;
}

interface Entry {
  locale: LocaleName | undefined;
  reading: Promise<void> | undefined;
  /** When to look the language up again, in ms since 1970. */
  staleAt: number;
}

/** A form must open within three seconds of a click, and Slack uses most of them. In ms. */
const boundMs = 500;
const freshMs = 3_600_000;
/** After a failure, nobody waits for a lookup again until this time has passed. In ms. */
const retryMs = 60_000;

const answer = z.object({ user: z.object({ locale: z.string().optional() }) });

/**
 * The words for a person, in their Slack's language. The first lookup takes half a second at most.
 * The result is cached and refreshed in the background once it is an hour old.
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
      dropOldest(known);
      if (now() >= entry.staleAt) entry.reading ??= read(userId, entry);
      const isNew = entry.staleAt === 0;
      if (isNew && entry.reading !== undefined) await within(patience, entry.reading, boundMs);
      return locales[entry.locale ?? fallback];
    },
  };
}
