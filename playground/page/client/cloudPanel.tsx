import { useState } from 'preact/hooks';
import type { CloudCall, CloudFault, Job } from '../wire';
import { usePage } from './page';
import { Parameters } from './parameters';
import { timeIn } from './time';

const CODES = [
  'InternalError.DuplicateJob',
  'FailedOperation.NotAllowOperation',
  'InternalError.DatabaseError',
  'InternalError.ProtocolError',
  'InvalidParameter',
  'LimitExceeded.MaxUnusedJobs',
  'RequestLimitExceeded',
  'AuthFailure.SignatureFailure',
  'UnauthorizedOperation.NotEnoughPrivileges',
];

const ACTIONS = ['CreateMigrateJob', 'DescribeMigrateJobs', 'DescribeMigrateDBInstances'];

const MISHAPS: readonly (readonly [label: string, fault: CloudFault])[] = [
  ['Lose the answer before a job is created', { kind: 'reset', when: 'before' }],
  ['Lose the answer after the job is created', { kind: 'reset', when: 'after' }],
  ['Say nothing at all, nothing created', { kind: 'noAnswer', when: 'before' }],
  ['Answer HTTP 502, job created', { kind: 'status', status: 502, when: 'after' }],
  ['Take eight seconds', { kind: 'slow', ms: 8_000 }],
  ['Redirect to another place', { kind: 'redirect' }],
];

export function CloudPanel() {
  const { sections } = usePage();
  const { jobs, calls } = sections.cloud;
  return (
    <>
      <Mishaps />
      <h3>DTS jobs</h3>
      {jobs.length === 0 ? <p class="empty">No job yet.</p> : null}
      {jobs.map((job) => (
        <JobItem key={job.id} job={job} />
      ))}
      <h3>Calls</h3>
      {calls.length === 0 ? <p class="empty">No call yet.</p> : null}
      {calls.map((call) => (
        <CallItem key={call.index} call={call} />
      ))}
    </>
  );
}

function Mishaps() {
  const { control } = usePage();
  const [action, setAction] = useState('CreateMigrateJob');
  const [code, setCode] = useState(CODES[0] ?? '');
  const plan = (fault: CloudFault): void =>
    void control({ control: 'breakCloud', action, fault, times: 1 });
  return (
    <div class="mishaps">
      <label>
        The next call of
        <select value={action} onChange={(event) => setAction(event.currentTarget.value)}>
          {ACTIONS.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          plan({ kind: 'code', code });
        }}
      >
        <label>
          is answered with
          <input
            type="text"
            list="codes"
            required
            value={code}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </label>
        <datalist id="codes">
          {CODES.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <button type="submit">Plan it</button>
      </form>
      <details>
        <summary>Or something happens on the way</summary>
        <div class="stack">
          {MISHAPS.map(([label, fault]) => (
            <button key={label} type="button" onClick={() => plan(fault)}>
              {label}
            </button>
          ))}
          {(['before', 'after'] as const).map((when) => (
            <button
              key={when}
              type="button"
              onClick={() => void control({ control: 'killInLaunch', when })}
            >
              Kill the bot during CreateMigrateJob,{' '}
              {when === 'before' ? 'nothing created' : 'job created'}
            </button>
          ))}
        </div>
      </details>
    </div>
  );
}

function JobItem({ job }: { readonly job: Job }) {
  return (
    <details class="item job">
      <summary>
        <code>{job.id}</code> <span class="pill">{job.status}</span>
        <small>
          {job.region}, {job.created} UTC+8
        </small>
      </summary>
      <Parameters value={job.request} />
    </details>
  );
}

function CallItem({ call }: { readonly call: CloudCall }) {
  const { me } = usePage();
  const { action, region, verdict, isSigned, exchange, jobId, at, body } = call;
  const signature =
    isSigned === undefined
      ? 'signature not looked at'
      : isSigned
        ? 'signature right'
        : 'signature wrong';
  return (
    <details class="item" data-well={verdict === 'accepted'}>
      <summary>
        <code>{action}</code> <span class="pill">{verdict}</span>
        <small>
          {timeIn(me, at / 1_000)} {region} · {signature}
          {exchange === 'answered' ? '' : ` · ${exchange}`}
          {jobId === undefined ? '' : ` · ${jobId}`}
        </small>
      </summary>
      <Parameters value={body} />
    </details>
  );
}
