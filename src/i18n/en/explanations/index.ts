import type { ErrorCode } from '../../../domain/errors/errorCodes';
import type { Entries, ExplanationMessages } from '../../explanation';
import { ago, code, join, say } from '../../text';
import { listAlterations } from '../alterations';
import { access } from './access';
import { failures } from './failures';
import { jobs } from './jobs';
import { service } from './service';
import { valueFlaw } from './valueFlaw';
import { values } from './values';

const codes: Entries<ErrorCode> = { ...access, ...jobs, ...service, ...values };

export const explanations: ExplanationMessages = {
  entries: { ...codes, ...failures },
  about: {
    to: (id) => (id === undefined ? 'the destination instance' : `the destination ${id}`),
    from: (place) => (place === undefined ? 'the source' : `the source ${place}`),
    region: (region) => region ?? "the destination's region",
    job: (name) => (name === undefined ? 'the job' : `the job “${name}”`),
    engines: (from, to) =>
      from === undefined || to === undefined ? 'the two engines' : `${from} to ${to}`,
    secret: (reference) => reference ?? 'the secret that the request names',
  },
  again: {
    later: 'safe; nothing was created, and time may be enough.',
    after_fix: 'safe; nothing was created. It helps once this is settled.',
    after_edit: 'safe, but the same values would be refused again.',
    after_look: 'only when the DTS console shows no such job: otherwise there may be two.',
    never: 'safe, but it would be refused again.',
  },
  helpers: {
    requester: 'the requester',
    approver: 'an approver',
    dba: 'anybody with DTS permissions in the account',
    account_admin: 'an administrator of the Tencent Cloud account',
    operator: 'whoever runs Ferry',
    support: 'Tencent Cloud support',
  },
  causes: 'Likely causes:',
  listCauses: (causes) =>
    causes.length === 1
      ? `${causes.join('')}.`
      : `${causes.map((cause, index) => `(${index + 1}) ${cause}`).join('; ')}.`,
  tryingAgain: 'Trying again:',
  missingAction: (action) => say`The missing action is ${code(action)}. The statement for CAM:`,
  valueFlaw,
  valueKeys: (keys) =>
    say`. Its keys: ${join(
      keys.map((key) => [code(key)]),
      ', ',
    )}`,
  otherUser: (secret, user) => say`${code(secret)} is not a password of ${code(user)}`,
  idle: {
    found: (jobs, more) =>
      join(
        [
          say`Jobs that wait for their start:`,
          ...jobs,
          ...(more === 0 ? [] : [say`… and ${more} more.`]),
        ],
        '\n',
      ),
    job: (jobId, name, createdAt) =>
      createdAt === undefined
        ? say`${code(jobId)} ${code(name)}`
        : say`${code(jobId)} ${code(name)}, created ${ago(createdAt)}`,
    none: 'Ferry sees none of them in this region; look in the other regions too.',
    forbidden: (action) =>
      say`Ferry may not list them: ${code(action)} is missing in the CAM policy of its key.`,
    unanswered: 'Ferry could not list them: DTS did not answer.',
  },
  altered: (parts) =>
    `Something other than Ferry changed this in the database: ${listAlterations(parts)}.`,
  console: {
    dts: 'Open the DTS console',
    policies: 'Open the CAM policies',
    keys: 'Open the API keys',
    billing: 'Open billing',
    secrets: 'Open Secrets Manager',
  },
  asked: {
    missing: (command) =>
      say`Which code? Please add it, for example ${code(`${command} explain InternalError.DuplicateJob`)}.`,
    near: (typed, others) =>
      say`Ferry does not know the code ${code(typed)}. Did you mean ${join(
        others.map((other) => [code(other)]),
        ', ',
      )}?`,
    isNew: (typed) =>
      say`Ferry has no words of its own for ${code(typed)}; these are for its family.`,
  },
  page: {
    title: 'Errors, and what to do',
    intro:
      'What Ferry says in the thread of a request that ended without a job, and what `/migrate explain CODE` answers. Made by `npm run docs:errors`; the words are in `src/i18n`.',
    codes: 'Codes of Tencent Cloud',
    failures: 'Failures without a code',
    general: 'With a request, its own instance, region and name stand in these places.',
  },
};
