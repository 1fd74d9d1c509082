import type { People } from '../domain/people/people';
import type { Membership, Standing } from '../domain/people/person';

/** What Slack says about people. No function rejects: if Slack does not answer, the answer is `unknown`. */
export interface Directory {
  /** Asks Slack every time, because a person can be deactivated at any moment. */
  person(userId: string): Promise<{ name: string; standing: Standing }>;
  /** For deciding what to show a person: at most `maxAgeMs` old, within a second. */
  standing(userId: string, maxAgeMs: number): Promise<Standing>;
  /** Whether a full member of the workspace can see a channel. */
  sees(channelId: string, userId: string): Promise<Membership>;
  /**
   * Whether a person is on a list. One matching entry is enough. If no entry matches and a list
   * can't be read, the answer is `unknown`.
   * @param requester the user whom the entry `requester` means
   */
  isAmong(userId: string, list: readonly People[], requester: string): Promise<Membership>;
}
