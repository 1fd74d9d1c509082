import type { ObservedJob } from '../../domain/job/job';
import type { Refusal } from '../../domain/request/refusal';
import { mostWatched } from '../../domain/request/watch';
import { code, join, moment, person, say, type Text } from '../text';
import { listAlterations } from './alterations';
import { form } from './form';
import { job } from './job';
import { theRule } from './ruleName';

const everybody = (userIds: readonly string[]): Text =>
  join(
    userIds.map((userId) => [person(userId)]),
    ', ',
  );

/** The words for each action that has a list of people in the rule. */
const notAllowed = {
  deny: say`You're not allowed to deny this request. Nothing changed.`,
  edit: say`Only the requester and people named in the policy can edit this request.`,
  modify_job: say`You're not allowed to edit this job. Nothing changed.`,
  try_again: say`You're not allowed to retry this request. Nothing changed.`,
  break_glass: say`You're not allowed to use emergency approval. Nothing changed.`,
} satisfies Record<Extract<Refusal, { code: 'not_allowed' }>['action'], Text>;

/** Slack may be slow, or it may never return a list, such as a group that was disabled. */
const tryAgain =
  'Please try again in a minute. If it still fails, ask your Ferry admin to check the groups and channels in the policy.';

const statusOf = ({ said, status }: Pick<ObservedJob, 'said' | 'status'>) =>
  status === 'other' ? code(said) : job.label[status];

/** Why an action was refused. Only the person sees it. */
export function refusal(refusal: Refusal): Text {
  switch (refusal.code) {
    case 'no_such_request':
      return say`There is no request #${refusal.requestId} that you can see. Only people who can see a request's channel can see the request.`;
    case 'other_database':
      return say`This message is about a request of another Ferry database. Here, #${refusal.requestId} is a different request, so nothing was changed. Use the card of the request that you mean.`;
    case 'visibility_unknown':
      return say`Slack couldn't confirm in time whether you can see request #${refusal.requestId}, so nothing was shown or changed. Please try again in a minute.`;
    case 'handled_already':
      return say`Ferry has already handled this. Nothing was done twice.`;
    case 'own_request':
      return say`You can't approve or deny your own request. You can withdraw it.`;
    case 'own_outcome':
      return say`Someone else has to decide whether your job exists. The approvers can do that.`;
    case 'guest':
      return say`Guests can't see, request or decide migrations. Please ask a full member of this workspace.`;
    case 'external':
      return say`You belong to another organization. Only members of this workspace can see, request and decide migrations.`;
    case 'deactivated':
      return say`This account is deactivated or not in this workspace, so it can't see, request or decide migrations.`;
    case 'bot':
      return say`Apps can't see, request or decide migrations. Only people can.`;
    case 'person_unknown':
      return say`Slack couldn't confirm who you are, so nothing was shown or changed. Please try again in a minute.`;
    case 'not_an_approver':
      return say`You're not an approver of this request, so nothing changed. Its thread names the people who can decide.`;
    case 'approvers_unknown':
      return say`Slack couldn't confirm who the approvers are, so nothing changed. ${tryAgain}`;
    case 'may_not_watch':
      return say`The policy doesn't let you watch jobs. Nothing changed.`;
    case 'watchers_unknown':
      return say`Slack couldn't confirm whether you may watch jobs, so nothing changed. ${tryAgain}`;
    case 'too_many_watched':
      return refusal.whose === 'byOne'
        ? say`You watch ${mostWatched.byOne} jobs, which is the limit. Stop watching one of them first.`
        : say`Ferry follows ${mostWatched.byAll} watched jobs, which is the limit. Someone must stop watching one of them first.`;
    case 'not_watched':
      return say`Nobody is watching job ${code(refusal.jobId)} in a channel that you can see.`;
    case 'watch_unknown':
      return say`Slack couldn't confirm whether you can see who watches job ${code(refusal.jobId)}, so nothing changed. Please try again in a minute.`;
    case 'already_approved_by_you':
      return say`You've already approved this request. It still needs someone else's approval.`;
    case 'other_revision':
      return say`The request was edited after you opened it (revision ${refusal.seen}, now ${refusal.current}). Please review the card again.`;
    case 'already_decided':
      return refusal.decision === 'approved'
        ? say`${everybody([refusal.by, ...refusal.others])} already approved this request at ${moment(refusal.at)}. Nothing changed.`
        : say`${person(refusal.by)} already denied this request at ${moment(refusal.at)}. Nothing changed.`;
    case 'already_decided_by_you':
      return refusal.decision === 'approved'
        ? say`You already approved this request at ${moment(refusal.at)}.`
        : say`You already denied this request at ${moment(refusal.at)}.`;
    case 'not_in_doubt':
      return say`This request is already resolved; see the card.`;
    case 'other_attempt':
      return say`This button is not for Ferry's latest call, whose outcome is unknown. Please check the card again. Nothing was done twice.`;
    case 'no_such_job':
      return say`${refusal.jobId} is not one of the matching jobs. Please check the card again.`;
    case 'reason_missing':
      return say`Please give a reason; it is kept in the audit log.`;
    case 'own_edit':
      return say`You edited this request, so someone else has to approve it.`;
    case 'not_your_request':
      return say`Only the requester can withdraw a request. An approver can deny it.`;
    case 'not_allowed':
      return notAllowed[refusal.action];
    case 'list_unknown':
      return say`Slack couldn't confirm whether you may do this, so nothing changed. ${tryAgain}`;
    case 'rule_unknown':
      return say`Slack couldn't confirm which rule of the policy applies, so nothing changed. ${tryAgain}`;
    case 'channel_unknown':
      return say`A rule of the policy depends on the channel, and Ferry doesn't know which channel this request comes from. Please withdraw the request and clone it: the new form has a field for the channel.`;
    case 'field_needed':
      return say`A rule of the policy depends on “${form.labels[refusal.path]}”, which is empty here. Please fill it in. If the request is already posted, withdraw it and clone it first.`;
    case 'start_time_passed':
      if (refusal.opensAt !== undefined) {
        return say`The launch window opens at ${moment(refusal.opensAt)}, after the start time, ${moment(refusal.at)}, so nothing changed. Someone who may edit the request has to choose another start time.`;
      }
      return say`The start time, ${moment(refusal.at)}, passed while this request waited. DTS could reject the job or start it at once, so nothing changed. Someone who may edit the request has to choose another start time.`;
    case 'not_in_channel':
      return say`You're not a member of the selected channel. Please select another channel, or join it first.`;
    case 'channel_members_unknown':
      return say`Slack couldn't confirm who is in the selected channel. If the channel is private, invite Ferry to it. Otherwise, try again in a minute.`;
    case 'too_many_open':
      return say`You have ${refusal.open} open requests, and the limit is ${refusal.limit} per person, so the form was not submitted. See ${code('/migrate list')}: withdraw a request that you no longer need, or wait until one is finished, then submit this form again.`;
    case 'may_not_request':
      return say`Only certain people can request this under ${theRule(refusal.rule)}, and the requester isn't one of them. See ${code('/migrate policy')}.`;
    case 'not_a_requester':
      return say`Under ${theRule(refusal.rule)}, only full members of this workspace and people named in ${code('requesters')} can request this, and the requester is neither. Ask your Ferry admin to add the requester.`;
    case 'requesters_unknown':
      return say`Slack couldn't confirm whether the requester may request this, so nothing changed. ${tryAgain}`;
    case 'withdrawn':
      return say`The requester withdrew this request at ${moment(refusal.at)}. Nothing changed.`;
    case 'expired':
      return say`This request expired at ${moment(refusal.at)} without a decision. To submit it again, use Clone.`;
    case 'nothing_to_take_back':
      return say`You haven't approved this revision, so there's nothing to revoke.`;
    case 'cannot_withdraw':
      return say`This request can no longer be withdrawn; see the card.`;
    case 'cannot_edit':
      return say`This request can no longer be edited. To start a new one from it, use Clone.`;
    case 'nothing_changed':
      return say`No changes: the form is identical to the request. To retry a failed request, press Try again.`;
    case 'fixed_in_job':
      return say`DTS can't change “${form.labels[refusal.path]}” in a job that exists. To migrate with another value, clone the request.`;
    case 'other_channel':
      return say`With this change, ${theRule(refusal.rule)} applies, and its requests are decided in another channel. If you need the change, clone the request and make the change in the new form.`;
    case 'not_failed':
      return say`There is nothing to retry; see the card.`;
    case 'password_gone':
      return say`The typed password was deleted. To enter it again, press Edit and resubmit.`;
    case 'destination_not_confirmed':
      return say`That's not the target instance ID. Nothing changed.`;
    case 'destination_missing':
      return say`The policy now requires you to type the target instance ID. Nothing changed. Please press the button again and enter the ID in the form.`;
    case 'record_altered':
      return say`This request no longer matches the audit log: something other than Ferry changed ${listAlterations(refusal.parts)}. Ferry did nothing. Please ask your Ferry admin to run audit verify. The requester can edit the request, which then needs every approval again, or clone it.`;
    case 'own_job':
      return say`You requested or edited this migration, so someone else has to decide on this step. Nothing changed.`;
    case 'not_for_job':
      return say`The policy doesn't let you use “${job.button[refusal.operation]}” here. Nothing changed.`;
    case 'no_job_yet':
      return say`Ferry hasn't seen the job of this request yet. Please try again in a minute.`;
    case 'job_busy':
      return say`“${job.button[refusal.operation]}” is already waiting for approval or in progress for this job; see the card. Nothing was done twice.`;
    case 'job_not_ready':
      return say`The job's status is “${statusOf(refusal)}”. DTS doesn't allow “${job.button[refusal.operation]}” in this status. Nothing changed.`;
    case 'not_idle':
      return say`Someone has started this job since then. Its status is “${statusOf(refusal)}”. Nothing was deleted. To delete it anyway, use the card of its request.`;
    case 'cannot_skip':
      return say`DTS doesn't allow these check items to be skipped now. They may have passed, or the job may have changed. See the card. Nothing changed.`;
    default:
      return refusal satisfies never;
  }
}
