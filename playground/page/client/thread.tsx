import { useEffect, useRef } from 'preact/hooks';
import { Composer } from './composer';
import { MessageItem } from './messageItem';
import { MessageList } from './messageList';
import { usePage } from './page';
import { useWords } from './words';

export function Thread({
  root,
}: {
  readonly root: { readonly channel: string; readonly ts: string };
}) {
  const { sections, openThread } = usePage();
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { channel, ts } = root;
  const shown = sections.messages.filter(
    (each) => each.channel === channel && (each.ts === ts || each.threadTs === ts),
  );
  const isMember = sections.workspace.channels.find(({ id }) => id === channel)?.isMember === true;
  return (
    <section class="thread" aria-label={words.thread}>
      <div class="head">
        <h2 tabIndex={-1} ref={heading}>
          {words.thread}
        </h2>
        <button
          type="button"
          class="plain"
          aria-label={words.closeThread}
          onClick={() => openThread(undefined)}
        >
          ✕
        </button>
      </div>
      <MessageList messages={shown} label={words.messagesInThread}>
        {(message) => <MessageItem message={message} />}
      </MessageList>
      {isMember ? <Composer channelId={channel} threadTs={ts} label={words.replyInThread} /> : null}
    </section>
  );
}
