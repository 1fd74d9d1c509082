import { Composer } from './composer';
import { MessageItem } from './messageItem';
import { MessageList } from './messageList';
import { channelTitle, personName, usePage } from './page';

export function Conversation({ channelId }: { readonly channelId: string }) {
  const { me, sections, openThread } = usePage();
  const channel = sections.workspace.channels.find(({ id }) => id === channelId);
  if (channel === undefined) return <p class="empty">You do not see this channel.</p>;
  const here = sections.messages.filter(({ channel: each }) => each === channelId);
  const shown = here.filter(
    ({ threadTs, isForOne, ts }) => threadTs === undefined || threadTs === ts || isForOne,
  );
  const title =
    channel.kind === 'direct'
      ? sections.workspace.app.name
      : channelTitle(channel.name, channel.kind);
  return (
    <section class="conversation" aria-label={title}>
      <h2 class="head">{title}</h2>
      <MessageList messages={shown} label={`Messages in ${title}`}>
        {(message) => {
          const replies = here.filter(
            ({ threadTs, ts, isForOne }) => threadTs === message.ts && ts !== threadTs && !isForOne,
          );
          const last = replies.at(-1);
          return (
            <MessageItem message={message}>
              {last === undefined ? null : (
                <button
                  type="button"
                  class="replies"
                  onClick={() => openThread({ channel: channelId, ts: message.ts })}
                >
                  {replies.length === 1 ? '1 reply' : `${replies.length} replies`}
                  <small>last by {personName(sections, last.user)}</small>
                </button>
              )}
            </MessageItem>
          );
        }}
      </MessageList>
      {channel.isMember ? (
        <Composer channelId={channelId} label={`Message to ${title}`} />
      ) : (
        <p class="empty">{me.name} is not in this channel.</p>
      )}
    </section>
  );
}
