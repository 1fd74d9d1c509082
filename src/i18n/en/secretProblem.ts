import type { SecretProblem, SecretUser } from '../../domain/secrets/secretPolicy';

/** Why a secret may not be used. The text doesn't say what else it may be used for. */
export function secretProblem(problem: SecretProblem, user: SecretUser): string {
  const { secret } = problem;
  switch (problem.code) {
    case 'secret_is_own_setting':
      return `${secret} is one of Ferry's own settings, which cannot be used as a password.`;
    case 'secret_not_listed':
      return `The policy doesn't allow anyone to use ${secret}. Check the name, or ask your Ferry admin to add it.`;
    case 'secret_for_others':
      return user === 'sender'
        ? `The policy doesn't allow you to use ${secret}. Ask your Ferry admin.`
        : `The policy doesn't allow the requester to use ${secret}. Select a secret that both of you may use, or ask your Ferry admin.`;
    case 'secret_requester_unknown':
      return `Slack couldn't confirm that ${user === 'sender' ? 'you' : 'the requester'} may use ${secret}. Please try again in a minute.`;
    case 'secret_for_other_channels':
      return `The policy doesn't allow ${secret} in this channel.`;
    case 'secret_for_other_targets':
      return problem.target === ''
        ? `${secret} is restricted to certain databases, and this request names none.`
        : `The policy doesn't allow ${secret} for ${problem.target}.`;
    default:
      return problem satisfies never;
  }
}
