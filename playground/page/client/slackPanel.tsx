import { useState } from 'preact/hooks';
import type { SlackFault } from '../wire';
import { usePage } from './page';
import { timeIn } from './time';

const METHODS = [
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'views.open',
  'views.publish',
  'users.info',
];

const MISHAPS: readonly (readonly [label: string, fault: SlackFault])[] = [
  ['is answered with 429, retry after 3 s', { kind: 'rateLimited', retryAfterSeconds: 3 }],
  ['is answered with HTTP 500', { kind: 'status', status: 500 }],
  ['takes effect, and its answer is lost', { kind: 'reset', after: true }],
  ['is cut off', { kind: 'reset', after: false }],
  ['is refused with internal_error', { kind: 'error', error: 'internal_error' }],
];

export function SlackPanel() {
  const { me, sections, control } = usePage();
  const [method, setMethod] = useState('chat.postMessage');
  const { mistakes } = sections.machine;
  return (
    <>
      <div class="mishaps">
        <label>
          The next call of
          <select value={method} onChange={(event) => setMethod(event.currentTarget.value)}>
            {METHODS.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <div class="stack">
          {MISHAPS.map(([label, fault]) => (
            <button
              key={label}
              type="button"
              onClick={() => void control({ control: 'breakSlack', method, fault, times: 1 })}
            >
              {label}
            </button>
          ))}
        </div>
        <h3>The connection</h3>
        <div class="stack">
          <button
            type="button"
            onClick={() => void control({ control: 'disconnect', how: 'politely' })}
          >
            Ask the app to connect anew
          </button>
          <button
            type="button"
            onClick={() => void control({ control: 'disconnect', how: 'suddenly' })}
          >
            Cut the connection
          </button>
          <button type="button" onClick={() => void control({ control: 'redeliver', copies: 2 })}>
            Deliver the next action three times
          </button>
        </div>
      </div>
      <h3>Mistakes of the app</h3>
      {mistakes.length === 0 ? <p class="empty">None.</p> : null}
      {mistakes.map(({ where, error, detail }, index) => (
        <p class="item" key={index}>
          {where}: <code>{error}</code> {detail}
        </p>
      ))}
      <h3>Calls and deliveries</h3>
      {sections.slackSide.map(({ index, at, name, direction, result, isWell }) => (
        <p class="item line" data-well={isWell} key={`${direction}${index}`}>
          <small>{timeIn(me, at / 1_000)}</small>
          <span>{direction === 'toApp' ? '→ app' : 'app →'}</span>
          <code>{name}</code>
          <span class="pill">{result}</span>
        </p>
      ))}
    </>
  );
}
