import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { buildHome } from '../../views/home';
import type { HomeContent } from '../domain/channel/home';
import type { Messages } from '../i18n/locales';
import { platformError } from './platformError';

const published = z.object({ view: z.object({ hash: z.string().optional() }).optional() });

/** Slack says so of somebody who was deactivated, or is in no workspace of the app. */
const isGone = (error: string | undefined): boolean =>
  error === 'user_not_found' || error === 'not_enabled';

/** Home tabs, for those who keep them right. */
export function createHomeBoard({
  client,
  messagesFor,
  approvalChannel,
}: {
  client: WebClient;
  messagesFor(userId: string): Promise<Messages>;
  /** Where most requests are decided, as the policy says now. */
  approvalChannel(): string;
}) {
  return {
    async publish(userId: string, content: HomeContent, hash: string | undefined) {
      const messages = await messagesFor(userId);
      try {
        const answer = await client.views.publish({
          user_id: userId,
          view: buildHome(messages, approvalChannel(), content),
          ...(hash === undefined ? {} : { hash }),
        });
        return { kind: 'published', hash: published.parse(answer).view?.hash } as const;
      } catch (error) {
        const reason = platformError(error);
        if (reason === 'hash_conflict') return { kind: 'superseded' } as const;
        if (isGone(reason)) return { kind: 'gone' } as const;
        throw error;
      }
    },
  };
}
