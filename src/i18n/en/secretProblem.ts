import type { SecretProblem } from '../../domain/secrets/secretPolicy';

/** Why a secret may not be referred to, without a word of what else it may be used for. */
export function secretProblem(problem: SecretProblem): string {
  const { secret } = problem;
  switch (problem.code) {
    case 'secret_is_own_setting':
      return `${secret} is one of Ferry's own settings, which cannot be used as a password.`;
    case 'secret_not_listed':
      return `The policy lets nobody refer to ${secret}. Check the name, or ask whoever runs Ferry to list it.`;
    case 'secret_for_others':
      return `The policy does not let you refer to ${secret}. Ask whoever runs Ferry.`;
    case 'secret_requester_unknown':
      return `Slack could not tell Ferry whether you may refer to ${secret}. Please try again in a minute.`;
    case 'secret_for_other_channels':
      return `The policy does not let ${secret} be used in this channel.`;
    case 'secret_for_other_targets':
      return problem.target === ''
        ? `The policy binds ${secret} to certain databases, and the request names none.`
        : `The policy does not let ${secret} be sent to ${problem.target}.`;
    default:
      return problem satisfies never;
  }
}
