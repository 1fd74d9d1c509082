import { isObject, type Json, type JsonObject, parseJson, textAt } from '../json';
import type { Faults } from '../records/faults';
import type { Recorder } from '../records/recorder';
import { ApiError } from '../webApi/apiError';
import { messageContent } from '../webApi/methods/messageContent';
import type { IdMaker } from '../workspace/idMaker';
import type { Message } from '../workspace/message';
import { BOT_USER, TEAM } from '../workspace/seed';
import type { World } from '../workspace/world';

const MOST_USES = 5;
const LIFE_MS = 30 * 60_000;

/** The interaction that a response answers. */
export interface Origin {
  readonly kind: 'commands' | 'actions';
  readonly userId: string;
  readonly channelId: string;
  /** The message with the interaction. */
  readonly message?: Message;
}

interface Issued {
  readonly origin: Origin;
  readonly at: number;
  uses: number;
}

/**
 * `response_url`s, valid for 5 uses within 30 minutes of the workspace's clock. Faults for
 * `response_url` can only be statuses.
 */
export class ResponseUrls {
  readonly #issued = new Map<string, Issued>();

  constructor(
    private readonly parts: {
      readonly world: World;
      readonly recorder: Recorder;
      readonly faults: Faults;
      readonly ids: IdMaker;
      readonly baseUrl: () => string;
    },
  ) {}

  issue(origin: Origin): string {
    const path = `/${origin.kind}/${TEAM.id}/${this.#issued.size + 1}/${this.parts.ids.secret()}`;
    this.#issued.set(path, { origin, at: this.parts.world.now(), uses: 0 });
    return `${this.parts.baseUrl()}${path}`;
  }

  /** @returns the HTTP status and body of the answer */
  handle(path: string, rawBody: string): { readonly status: number; readonly body: JsonObject } {
    const { world, recorder, faults } = this.parts;
    const parsed = parseJson(rawBody);
    recorder.sent(rawBody, parsed);
    const fault = faults.take('response_url', {});
    if (fault?.kind === 'status') return refused(fault.status, 'fault');
    const issued = this.#issued.get(path);
    if (issued === undefined) return refused(404, 'invalid_url');
    if (world.now() - issued.at > LIFE_MS) return this.#mistaken(404, 'expired_url');
    if (issued.uses >= MOST_USES) return this.#mistaken(404, 'used_url');
    if (!isObject(parsed)) return this.#mistaken(400, 'invalid_payload');
    issued.uses += 1;
    try {
      this.respond(issued.origin, parsed);
      return { status: 200, body: { ok: true } };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const detail = error.more['errors'];
      return this.#mistaken(400, error.code, Array.isArray(detail) ? detail.join('; ') : '');
    }
  }

  #mistaken(status: number, error: string, detail = '') {
    this.parts.recorder.mistake('response_url', error, detail);
    return refused(status, error);
  }

  /**
   * Applies a response to a response_url, or from the acknowledgement of a command.
   *
   * @throws ApiError if its content is refused
   */
  respond(origin: Origin, body: JsonObject): void {
    const { world } = this.parts;
    const shown = origin.message === undefined ? undefined : world.message(origin.message);
    if (flag(body['delete_original']) && shown !== undefined) {
      world.remove(shown);
      return;
    }
    const content = messageContent(textAt(body, 'text'), body['blocks']);
    if (flag(body['replace_original']) && shown !== undefined) {
      world.edit(shown, content);
      return;
    }
    const inChannel = textAt(body, 'response_type') === 'in_channel';
    const threadTs = textAt(body, 'thread_ts');
    world.post({
      channel: origin.channelId,
      user: BOT_USER,
      ...content,
      ...(inChannel ? {} : { onlyFor: origin.userId }),
      ...(threadTs === undefined ? {} : { threadTs }),
    });
  }
}

function flag(value: Json | undefined): boolean {
  return value === true || value === 'true';
}

function refused(status: number, error: string) {
  return { status, body: { ok: false, error } };
}
