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
    to: (id) => (id === undefined ? 'the target instance' : `the target ${id}`),
    from: (place) => (place === undefined ? 'the source' : `the source ${place}`),
    region: (region) => region ?? "the target's region",
    job: (name) => (name === undefined ? 'the job' : `the job “${name}”`),
    engines: (from, to) =>
      from === undefined || to === undefined ? 'the two engines' : `${from} to ${to}`,
    secret: (reference) => reference ?? 'the secret in the request',
  },
  again: {
    later: 'Safe. The call changed nothing, and it may simply work later.',
    after_fix: 'Safe. The call changed nothing, but fix the cause first.',
    after_edit: 'Safe, but the same values will be rejected again. Edit them first.',
    after_look: 'Not yet. Check the DTS console first, or you may end up with two jobs.',
    never: 'Safe, but it will fail again.',
  },
  helpers: {
    requester: 'the requester',
    approver: 'an approver',
    dba: 'anyone with DTS permissions in the account',
    account_admin: 'an administrator of the Tencent Cloud account',
    operator: 'your Ferry admin',
    support: 'Tencent Cloud support',
  },
  causes: 'Likely causes:',
  listCauses: (causes) =>
    causes.length === 1
      ? `${causes.join('')}.`
      : `${causes.map((cause, index) => `(${index + 1}) ${cause}`).join('; ')}.`,
  tryingAgain: 'Is it safe to try again?',
  missingAction: (action) => say`Missing permission: ${code(action)}. CAM policy statement:`,
  valueFlaw,
  valueKeys: (keys) =>
    say`. Its keys: ${join(
      keys.map((key) => [code(key)]),
      ', ',
    )}`,
  otherUser: (secret, user) => say`${code(secret)} is not a password of ${code(user)}`,
  idle: {
    found: (jobs, elsewhere, more) =>
      join(
        [
          say`Jobs created but not started:`,
          ...jobs,
          ...(elsewhere === 0
            ? []
            : [
                say`${elsewhere} ${elsewhere === 1 ? 'job' : 'jobs'} of requests in other channels.`,
              ]),
          ...(more === 0 ? [] : [say`… and ${more} more.`]),
        ],
        '\n',
      ),
    job: (job, name, createdAt, request) =>
      say`${job} ${code(name)}${createdAt === undefined ? '' : say`, created ${ago(createdAt)}`}${request === undefined ? '' : say`, request ${request}`}`,
    none: 'There are no unstarted jobs in this region; check other regions too.',
    forbidden: (action) =>
      say`Ferry can't list them: ${code(action)} is missing from the CAM policy of its key.`,
    unanswered: "Ferry couldn't list them: DTS did not respond.",
  },
  altered: (parts) =>
    `Something other than Ferry changed this in the database: ${listAlterations(parts)}.`,
  console: {
    dts: 'Open DTS console',
    policies: 'Open CAM policies',
    keys: 'Open API keys',
    billing: 'Open billing',
    secrets: 'Open Secrets Manager',
  },
  asked: {
    missing: (command) =>
      say`Which code? Add it, for example ${code(`${command} explain InternalError.DuplicateJob`)}.`,
    near: (typed, others) =>
      say`Unknown error code ${code(typed)}. Did you mean ${join(
        others.map((other) => [code(other)]),
        ', ',
      )}?`,
    isNew: (typed) => say`Unknown error code ${code(typed)}. General advice for similar codes:`,
  },
  page: {
    title: 'Error reference',
    intro:
      'These are the explanations that Ferry posts in the thread of a request after an error, and that `/migrate explain CODE` shows. `npm run docs:errors` generates this page; the words are in `src/i18n`.',
    codes: 'Tencent Cloud error codes',
    failures: 'Failures without a code',
    general: 'For a request, Ferry fills in its instance, region and job name.',
  },
};
