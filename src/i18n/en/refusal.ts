import type { Refusal } from '../../domain/request/refusal';
import { channel, code, join, moment, person, say, type Text } from '../text';
import { listAlterations } from './alterations';
import { form } from './form';

const everybody = (userIds: readonly string[]): Text =>
  join(
    userIds.map((userId) => [person(userId)]),
    ', ',
  );

/** Each list that a rule has of people for one action. */
const notAllowed = {
  deny: say`You are not among those who may deny this request, so nothing was changed.`,
  edit: say`Only the requester, and whom the policy names for it, may change this request.`,
  try_again: say`You are not among those who may have this request tried again, so nothing was done.`,
  break_glass: say`Breaking the glass is left to a few people, and you are not among them. Nothing was changed.`,
} satisfies Record<Extract<Refusal, { code: 'not_allowed' }>['action'], Text>;

/** Why an action was refused, told to the person alone. */
export function refusal(refusal: Refusal): Text {
  switch (refusal.code) {
    case 'no_such_request':
      return say`There is no request #${refusal.requestId} that you can see. Ferry shows a request to the people who can see its channel.`;
    case 'visibility_unknown':
      return say`Slack did not tell Ferry in time whether you can see request #${refusal.requestId}, so nothing was shown or done. Please try again in a minute.`;
    case 'handled_already':
      return say`Ferry has handled this already. Nothing was done a second time.`;
    case 'own_request':
      return say`This is your own request, so somebody else has to decide on it. You can withdraw it.`;
    case 'guest':
      return say`Guests can't see, request or decide migrations. Please ask a full member of this workspace.`;
    case 'external':
      return say`You belong to another organisation. Only members of this workspace can see, request and decide migrations.`;
    case 'deactivated':
      return say`This account is deactivated, so it can't see, request or decide migrations.`;
    case 'bot':
      return say`Apps can't see, request or decide migrations. A person has to do it.`;
    case 'person_unknown':
      return say`Slack could not tell Ferry who you are, so nothing was shown or done. Please try again in a minute.`;
    case 'not_an_approver':
      return say`You are not an approver of this request, so nothing was changed. Its thread names who can decide.`;
    case 'approvers_unknown':
      return say`Slack could not tell Ferry who the approvers are, so nothing was done. Please try again in a minute.`;
    case 'already_approved_by_you':
      return say`You have approved this request already. It waits for somebody else's approval.`;
    case 'other_revision':
      return say`The request was changed since you saw it (revision ${refusal.seen}, now ${refusal.current}). Please read the card again.`;
    case 'already_decided':
      return refusal.decision === 'approved'
        ? say`${everybody([refusal.by, ...refusal.others])} approved this request already, at ${moment(refusal.at)}. Nothing more was done.`
        : say`${person(refusal.by)} denied this request already, at ${moment(refusal.at)}. Nothing more was done.`;
    case 'already_decided_by_you':
      return refusal.decision === 'approved'
        ? say`You approved this request already, at ${moment(refusal.at)}. Once is enough.`
        : say`You denied this request already, at ${moment(refusal.at)}. Once is enough.`;
    case 'not_in_doubt':
      return say`The request is settled already; the card shows how.`;
    case 'no_such_job':
      return say`${refusal.jobId} is not one of the jobs that were found. Please read the card again.`;
    case 'reason_missing':
      return say`Please give a reason; it becomes part of the record.`;
    case 'own_edit':
      return say`You changed this request yourself, so somebody else has to approve it.`;
    case 'not_your_request':
      return say`Only the requester can withdraw a request. An approver can deny it.`;
    case 'not_allowed':
      return notAllowed[refusal.action];
    case 'list_unknown':
      return say`Slack could not tell Ferry whether you may do this, so nothing was done. Please try again in a minute.`;
    case 'rule_unknown':
      return say`Slack could not tell Ferry which rule of the policy applies here, so nothing was done. Please try again in a minute.`;
    case 'channel_unknown':
      return say`Ferry does not know which channel this request comes from, and a rule of the policy depends on it. Please withdraw the request and clone it: the new form asks for the channel.`;
    case 'field_needed':
      return say`A rule of the policy depends on “${form.labels[refusal.path]}”, which is empty here. Please fill it in. If the request is posted already, withdraw it and clone it first.`;
    case 'not_in_channel':
      return say`You are not a member of the channel that you chose. Please choose another one, or join it first.`;
    case 'channel_members_unknown':
      return say`Slack did not tell Ferry who is in the channel that you chose. If it is private, invite Ferry to it; otherwise try again in a minute.`;
    case 'too_many_open':
      return say`You have ${refusal.open} open requests, and one person may have ${refusal.limit} at once. Nothing was sent. ${code('/migrate list')} shows yours: withdraw one that you no longer need, or wait until one is done, then send this form again.`;
    case 'may_not_request':
      return say`The rule “${refusal.rule}” names who may ask for this, and the requester is not among them. ${code('/migrate policy')} shows who is.`;
    case 'requesters_unknown':
      return say`Slack could not tell Ferry whether the requester may ask for this, so nothing was done. Please try again in a minute.`;
    case 'withdrawn':
      return say`The requester withdrew this request, at ${moment(refusal.at)}. Nothing more was done.`;
    case 'expired':
      return say`This request expired at ${moment(refusal.at)}, undecided. Clone asks for the same again.`;
    case 'nothing_to_take_back':
      return say`You have not approved this request as it is now, so there is nothing to take back.`;
    case 'cannot_withdraw':
      return say`This request can't be withdrawn any more; the card shows where it stands.`;
    case 'cannot_edit':
      return say`This request can't be changed any more. Clone asks for a new one with the same parameters.`;
    case 'nothing_changed':
      return say`Nothing was changed: the form says what the request says already.`;
    case 'other_channel':
      return say`With this change the rule “${refusal.rule}” applies, and its requests are decided in ${channel(refusal.channel)}. Please ask for it with a new request (Clone).`;
    case 'not_failed':
      return say`There is nothing to try again; the card shows where the request stands.`;
    case 'password_gone':
      return say`The password that was typed for this request has been erased. Edit and send again asks for it.`;
    case 'destination_not_confirmed':
      return say`What was typed is not the id of the destination instance, so nothing was changed.`;
    case 'record_altered':
      return say`This request is not stored as Ferry recorded it. Something else changed ${listAlterations(refusal.parts)}. Ferry did nothing. Please tell the person who runs Ferry to run audit verify. The requester can edit the request, which then needs every approval again, or clone it.`;
    default:
      return refusal satisfies never;
  }
}
