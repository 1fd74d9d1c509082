import { Composer } from './composer';
import { MessageItem } from './messageItem';
import { MessageList } from './messageList';
import { channelTitle, personName, usePage } from './page';
import { useWords } from './words';

export function Conversation({ channelId }: { readonly channelId: string }) {
  const { me, sections, openThread } = usePage();
  const words = useWords();
  const channel = sections.workspace.channels.find(({ id }) => id === channelId);
  if (channel === undefined) return <p class="empty">{words.unseenChannel}</p>;
  const here = sections.messages.filter(({ channel: each }) => each === channelId);
  const shown = here.filter(
    ({ threadTs, isBroadcast, isForOne, ts }) =>
      threadTs === undefined || threadTs === ts || isBroadcast || isForOne,
  );
  const title =
    channel.kind === 'direct'
      ? sections.workspace.app.name
      : channelTitle(channel.name, channel.kind);
  return (
    <section class="conversation" aria-label={title}>
      <h2 class="head">{title}</h2>
      <LanguageNote />
      <MessageList messages={shown} label={words.messagesIn(title)}>
        {(message) => {
          const { threadTs, ts } = message;
          const replies = here.filter(
            (each) => each.threadTs === ts && each.ts !== ts && !each.isForOne,
          );
          const last = replies.at(-1);
          return (
            <MessageItem message={message}>
              {threadTs === undefined || threadTs === ts ? null : (
                <button
                  type="button"
                  class="replies"
                  onClick={() => openThread({ channel: channelId, ts: threadTs })}
                >
                  {words.repliedInThread}
                </button>
              )}
              {last === undefined ? null : (
                <button
                  type="button"
                  class="replies"
                  onClick={() => openThread({ channel: channelId, ts })}
                >
                  {words.replies(replies.length)}
                  <small>{words.lastBy(personName(sections, last.user))}</small>
                </button>
              )}
            </MessageItem>
          );
        }}
      </MessageList>
      {channel.isMember ? (
        <Composer channelId={channelId} label={words.messageTo(title)} />
      ) : (
        <p class="empty">{words.notInChannel(me.name)}</p>
      )}
    </section>
  );
}

/** Says in Chinese which language is used where. */
function LanguageNote() {
  const { channelLocale } = usePage().sections.workspace;
  const { languageNote } = useWords();
  if (languageNote === undefined) return null;
  return <p class="language">{languageNote(channelLocale === 'zh-CN' ? '中文' : '英文')}</p>;
}
