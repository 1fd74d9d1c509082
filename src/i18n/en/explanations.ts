import type { ExplainedCode } from '../../domain/errorCodes';
import type { Doubt, LaunchProblem } from '../../domain/launchOutcome';

/** What happened, and what to do next. Nothing was created in any of these cases. */
interface Words {
  happened: string;
  next: string;
}

export interface Explanations {
  codes: Readonly<Record<ExplainedCode | 'unlisted', Words>>;
  notSent: Words;
  secret: Readonly<Record<Extract<LaunchProblem, { kind: 'secret_unreadable' }>['reason'], Words>>;
  storedSecret: Readonly<Record<SecretCause, Words>>;
  doubts: Readonly<Record<Doubt['kind'], string>>;
}

type SecretCause = Extract<LaunchProblem, { kind: 'secret_unavailable' }>['cause']['kind'];

export const explanations: Explanations = {
  codes: {
    'FailedOperation.NotAllowOperation': {
      happened: 'DTS does not allow this migration as things stand.',
      next: 'In the console, check that the destination instance is running, is not isolated and has no other task under way. Then request the migration again.',
    },
    'InternalError.DatabaseError': {
      happened:
        'DTS could not reach its own database. This is not about your source or destination.',
      next: 'Wait a few minutes and request the migration again. If it keeps happening, open a ticket with the RequestId.',
    },
    'InternalError.DuplicateJob': {
      happened: 'Another DTS job is in the way of this one.',
      next: 'In the DTS console, look for a job with this name or this destination. Use it, finish it or delete it, then request the migration again.',
    },
    'InternalError.ProtocolError': {
      happened: 'Two parts of DTS failed to talk to each other.',
      next: 'Wait a few minutes and request the migration again. If it keeps happening, open a ticket with the RequestId.',
    },
    InvalidParameter: {
      happened: 'DTS did not accept one of the values.',
      next: 'Compare the values on the card with the source and the destination; the quotation below may name the one. Then request the migration again with the right value.',
    },
    'LimitExceeded.MaxUnusedJobs': {
      happened: 'The account has too many DTS jobs that were created and never started.',
      next: 'In the DTS console, start or delete jobs that wait for their start. Then request the migration again.',
    },
    ActionOffline: {
      happened: 'Tencent Cloud no longer offers this version of CreateMigrateJob.',
      next: 'Look for a newer version of Ferry. Until then, create the job in the DTS console.',
    },
    AuthFailure: {
      happened: 'Tencent Cloud did not accept the key that Ferry signs with.',
      next: 'Check TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, that the key is enabled, and that the clock of the machine is right. Restart Ferry, then request the migration again.',
    },
    DryRunOperation: {
      happened: 'Tencent Cloud took the call as a rehearsal and created nothing.',
      next: 'Ferry never asks for a rehearsal: look for a proxy that changes its calls. Then request the migration again.',
    },
    FailedOperation: {
      happened: 'DTS tried and failed to create the job.',
      next: 'Check in the console that source and destination are running and free. Then request the migration again.',
    },
    InternalError: {
      happened: 'Something failed inside Tencent Cloud.',
      next: 'Wait a few minutes and request the migration again. If it keeps happening, open a ticket with the RequestId.',
    },
    InvalidAction: {
      happened: 'The address that Ferry called does not know CreateMigrateJob.',
      next: 'Check TENCENTCLOUD_ENDPOINT: it must be a DTS address, or empty. Restart Ferry, then request the migration again.',
    },
    InvalidParameterValue: {
      happened: 'DTS understood every field but did not accept a value.',
      next: 'Check region, instance id and address on the card; the quotation below may name the one. Then request the migration again with the right value.',
    },
    InvalidRequest: {
      happened: 'Tencent Cloud could not read the call.',
      next: 'Look for a proxy between Ferry and Tencent Cloud that changes calls. Then request the migration again.',
    },
    IpInBlacklist: {
      happened: "The account's list of blocked addresses holds the one that Ferry calls from.",
      next: "Take the address of Ferry's machine off the list in the account's security settings. Then request the migration again.",
    },
    IpNotInWhitelist: {
      happened: 'The account takes calls from listed addresses only, and Ferry is not among them.',
      next: "Add the address of Ferry's machine to the list in the account's security settings. Then request the migration again.",
    },
    LimitExceeded: {
      happened: 'A quota of the account is used up.',
      next: 'In the DTS console, free what is not needed, or ask Tencent Cloud for a higher quota. Then request the migration again.',
    },
    MissingParameter: {
      happened: 'Tencent Cloud misses a field that Ferry did not send.',
      next: 'The API may have changed: look for a newer version of Ferry. Until then, create the job in the DTS console.',
    },
    NoSuchProduct: {
      happened: 'The address that Ferry called is not one of DTS.',
      next: 'Check TENCENTCLOUD_ENDPOINT: it must be a DTS address, or empty. Restart Ferry, then request the migration again.',
    },
    NoSuchVersion: {
      happened: 'The address that Ferry called does not know the API version 2018-03-30.',
      next: 'Check TENCENTCLOUD_ENDPOINT. If it is right, look for a newer version of Ferry.',
    },
    OperationDenied: {
      happened: 'Tencent Cloud denied the operation for this account.',
      next: "Check the account's balance and that DTS is activated; the quotation below may say which. Then request the migration again.",
    },
    RequestLimitExceeded: {
      happened: 'The account called the API too often, and trying again later did not help.',
      next: 'Wait a few minutes, see what else calls DTS with this account, and request the migration again.',
    },
    RequestSizeLimitExceeded: {
      happened: 'The request is larger than Tencent Cloud takes.',
      next: 'Split the migration into several smaller ones and request each.',
    },
    ResourceInUse: {
      happened: 'The source or the destination is in use by another task.',
      next: 'In the console, wait for that task or end it. Then request the migration again.',
    },
    ResourceInsufficient: {
      happened: 'Tencent Cloud has not enough resources for the job in this region.',
      next: 'Try later. If it stays so, ask Tencent Cloud support for capacity in the region.',
    },
    ResourceNotFound: {
      happened: 'DTS does not find the destination instance, or another resource of the request.',
      next: 'Compare instance id and region on the card with the console. Then request the migration again with the right ones.',
    },
    ResourceUnavailable: {
      happened: 'The destination instance, or another resource, cannot be used at the moment.',
      next: 'Check in the console that it is running and not isolated. Then request the migration again.',
    },
    ResponseSizeLimitExceeded: {
      happened: "Tencent Cloud's answer was larger than it sends.",
      next: 'Look in the DTS console whether the job is there before anybody requests it again.',
    },
    ServiceUnavailable: {
      happened: 'DTS is not available at the moment.',
      next: "Look at Tencent Cloud's status page, wait, and request the migration again.",
    },
    UnauthorizedOperation: {
      happened: 'The key that Ferry signs with may not create DTS jobs.',
      next: "Allow the action dts:CreateMigrateJob in the CAM policy of Ferry's key. Then request the migration again.",
    },
    UnknownParameter: {
      happened: 'Tencent Cloud does not know a field that Ferry sent.',
      next: 'The API may have changed: look for a newer version of Ferry. Until then, create the job in the DTS console.',
    },
    UnsupportedOperation: {
      happened: 'DTS does not support this combination of source, destination and options.',
      next: 'See in the DTS console which combinations the region offers, and request one of them.',
    },
    UnsupportedProtocol: {
      happened: 'Tencent Cloud did not accept how the call was sent.',
      next: 'Check TENCENTCLOUD_ENDPOINT and look for a proxy that changes calls. Then request the migration again.',
    },
    UnsupportedRegion: {
      happened: 'DTS is not offered in the region of the destination.',
      next: 'Check the region of the destination on the card, and request the migration again with the right one.',
    },
    unlisted: {
      happened: 'Tencent Cloud refused with a code that Ferry has no words for yet.',
      next: "Look the code up in Tencent Cloud's documentation; its own words are below. If they do not help, open a ticket with the RequestId.",
    },
  },
  notSent: {
    happened: 'Tencent Cloud could not be reached, several times. Nothing was sent.',
    next: "Check that Ferry's machine reaches the DTS address: name resolution, firewall, TENCENTCLOUD_ENDPOINT. Then request the migration again.",
  },
  secret: {
    missing: {
      happened: 'The password of this request is no longer stored. Nothing was sent.',
      next: 'Request the migration again and type the password.',
    },
    no_key: {
      happened: 'The key that sealed the password is not configured any more. Nothing was sent.',
      next: 'Put the old key back at the end of SEAL_KEYS and restart Ferry. Then request the migration again.',
    },
    damaged: {
      happened:
        'The sealed password does not open: it was changed after it was stored. Nothing was sent.',
      next: 'Tell whoever runs Ferry. Then request the migration again and type the password.',
    },
  },
  storedSecret: {
    refused: {
      happened: 'Secrets Manager did not give out the secret. Nothing was sent to DTS.',
      next: "Check in the Secrets Manager console that the secret and its version exist and are enabled, and that Ferry's key may use ssm:GetSecretValue on it. Then request the migration again.",
    },
    not_reached: {
      happened: 'Secrets Manager could not be reached, several times. Nothing was sent to DTS.',
      next: "Check that Ferry's machine reaches the address of Secrets Manager. Then request the migration again.",
    },
    unusable: {
      happened: 'The secret is there, but holds nothing that can be a password. Nothing was sent.',
      next: 'Look at the secret and its version in the Secrets Manager console. Then request the migration again, with another version if need be.',
    },
    not_set: {
      happened:
        'The secret is not set in the environment of Ferry, or it is empty. Nothing was sent.',
      next: 'Set the variable, with FERRY_SECRET_ before the name, and restart Ferry. Then request the migration again.',
    },
    not_allowed: {
      happened: 'The policy no longer allows this secret to be used here. Nothing was sent.',
      next: 'Choose another secret, or have the policy changed. Then request the migration again.',
    },
    unknown_person: {
      happened:
        'Slack could not tell whether the requester may use this secret, several times. Nothing was sent.',
      next: 'Wait a few minutes and request the migration again.',
    },
  },
  doubts: {
    no_answer: 'The call was sent, but no answer came.',
    unreadable_answer: 'The call was sent, but the answer could not be read.',
    redirected: 'The address answered with a redirect. Ferry did not follow it.',
    interrupted: 'Ferry was stopped during the call and does not know how it ended.',
  },
};
