import type { MessageSettings } from '../ports/messageSettings';
import type { Database } from './database';
import { rememberDelivery } from './deliveries';

export function createMessageSettings(db: Database): MessageSettings {
  const isMuted = async (userId: string): Promise<boolean> => {
    const row = await db
      .selectFrom('muted')
      .select('user_id')
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row !== undefined;
  };
  return {
    isMuted,
    async setMuted(userId, muted, { delivery, at }) {
      const isNew = await db.transaction().execute(async (tx) => {
        if (!(await rememberDelivery(tx, delivery, at))) return false;
        if (muted) {
          await tx
            .insertInto('muted')
            .values({ user_id: userId })
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        } else await tx.deleteFrom('muted').where('user_id', '=', userId).execute();
        return true;
      });
      return isNew ? muted : isMuted(userId);
    },
  };
}
