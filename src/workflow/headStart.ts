import type { MigrationRequest } from '../domain/request/request';
import { dueAt } from '../domain/request/states';
import { after } from '../domain/time/offset';
import type { Clock } from '../ports/clock';

/** Lets a call to Tencent Cloud go before the posts about it, because people wait for the job. */
export interface HeadStart {
  /** Call this when a request changed. Only one whose call may be made now gets a head start. */
  give(changed: MigrationRequest, now: Date): void;
  /** Call this when the call was sent, or when it must wait. */
  end(id: number): void;
  /** Runs `announce` now, or when the last head start ends. */
  wake(): void;
}

/** Posts never wait longer for a call, in ms. */
const longestMs = 100;

/** @param patience real time, because this limits how long people wait for a card */
export function createHeadStart(patience: Clock, announce: () => void): HeadStart {
  const ahead = new Set<number>();
  let waiting: AbortController | undefined;

  const announceLater = async (over: AbortController): Promise<void> => {
    await patience.sleepUntil(after(patience.now(), longestMs), over.signal);
    ahead.clear();
    waiting = undefined;
    announce();
  };

  return {
    give({ id, state }, now) {
      const due = dueAt(state, now);
      if (state.status === 'approved' && due !== undefined && due <= now) ahead.add(id);
    },
    end(id) {
      ahead.delete(id);
      if (ahead.size === 0) waiting?.abort('launched');
    },
    wake() {
      if (ahead.size === 0) {
        announce();
      } else if (waiting === undefined) {
        waiting = new AbortController();
        void announceLater(waiting);
      }
    },
  };
}
