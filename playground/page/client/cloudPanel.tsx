import { useState } from 'preact/hooks';
import type { CloudCall, CloudFault } from '../wire';
import { JobItem } from './jobItem';
import { usePage } from './page';
import { Parameters } from './parameters';
import { Permissions } from './permissions';
import { timeIn } from './time';
import { useWords } from './words';

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

const ACTIONS = [
  'CreateMigrateJob',
  'CreateMigrateCheckJob',
  'StartMigrateJob',
  'PauseMigrateJob',
  'ContinueMigrateJob',
  'ResumeMigrateJob',
  'CompleteMigrateJob',
  'StopMigrateJob',
  'DeleteMigrateJob',
  'IsolateMigrateJob',
  'ModifyMigrateJob',
  'SkipCheckItem',
  'DescribeMigrateJobs',
  'DescribeMigrateCheckJob',
  'DescribeMigrationJobs',
  'DescribeMigrationDetail',
  'DescribeMigrationCheckJob',
  'DescribeMigrateDBInstances',
];

/** Check items that the next check of any job can fail. */
const CHECKS = ['ConnectDBCheck', 'SrcPrivilegeCheck', 'DstEmptyCheck', 'OptimizeCheck'];

const MISHAPS = [
  ['resetBefore', { kind: 'reset', when: 'before' }],
  ['resetAfter', { kind: 'reset', when: 'after' }],
  ['noAnswer', { kind: 'noAnswer', when: 'before' }],
  ['status', { kind: 'status', status: 502, when: 'after' }],
  ['slow', { kind: 'slow', ms: 8_000 }],
  ['redirect', { kind: 'redirect' }],
] as const satisfies readonly (readonly [string, CloudFault])[];

export function CloudPanel() {
  const { control, sections } = usePage();
  const words = useWords().cloud;
  const { jobs, calls } = sections.cloud;
  return (
    <>
      <Mishaps />
      <h3>{words.jobs}</h3>
      {jobs.length === 0 ? <p class="empty">{words.noJobs}</p> : null}
      {jobs.map((job) => (
        <JobItem key={job.id} job={job} />
      ))}
      <button type="button" onClick={() => void control({ control: 'createJob' })}>
        {words.createJob}
      </button>
      <h3>{words.calls}</h3>
      {calls.length === 0 ? <p class="empty">{words.noCalls}</p> : null}
      {calls.map((call) => (
        <CallItem key={call.index} call={call} />
      ))}
    </>
  );
}

function Mishaps() {
  const { control } = usePage();
  const words = useWords().cloud;
  const [action, setAction] = useState('CreateMigrateJob');
  const [code, setCode] = useState(CODES[0] ?? '');
  const plan = (fault: CloudFault): void =>
    void control({ control: 'breakCloud', action, fault, times: 1 });
  return (
    <div class="mishaps">
      <label>
        {words.nextCall}
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
          {words.answeredWith}
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
        <button type="submit">{words.plan}</button>
      </form>
      <details>
        <summary>{words.mishaps}</summary>
        <div class="stack">
          {MISHAPS.map(([name, fault]) => (
            <button key={name} type="button" onClick={() => plan(fault)}>
              {words[name]}
            </button>
          ))}
          {(['before', 'after'] as const).map((when) => (
            <button
              key={when}
              type="button"
              onClick={() => void control({ control: 'killInLaunch', when })}
            >
              {when === 'before' ? words.killBefore : words.killAfter}
            </button>
          ))}
          {CHECKS.map((stepId) => (
            <button
              key={stepId}
              type="button"
              onClick={() => void control({ control: 'failNextCheck', stepId })}
            >
              {words.failNextCheck(stepId)}
            </button>
          ))}
          <Permissions action={action} />
        </div>
      </details>
    </div>
  );
}

function CallItem({ call }: { readonly call: CloudCall }) {
  const { me } = usePage();
  const words = useWords().cloud;
  const { action, region, verdict, isSigned, exchange, jobId, at, body } = call;
  const signature =
    isSigned === undefined ? words.unsigned : isSigned ? words.signed : words.badlySigned;
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
